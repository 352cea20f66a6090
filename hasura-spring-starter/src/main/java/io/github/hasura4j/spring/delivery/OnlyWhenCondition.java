package io.github.hasura4j.spring.delivery;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What one {@link OnlyWhen} says. Immutable. */
public final class OnlyWhenCondition {

    private final @Nullable TableName table;
    private final Set<Operation> named;
    private final Set<Operation> operations;
    private final List<String> changed;
    private final Value from;
    private final Value to;

    private OnlyWhenCondition(
            @Nullable TableName table,
            Set<Operation> named,
            Set<Operation> operations,
            List<String> changed,
            Value from,
            Value to) {
        this.table = table;
        this.named = Set.copyOf(named);
        this.operations = Set.copyOf(operations);
        this.changed = changed;
        this.from = from;
        this.to = to;
    }

    /** The annotations of a method, those of its annotations among them. */
    public static List<OnlyWhen> annotations(Method method) {
        return List.copyOf(
                AnnotatedElementUtils.findMergedRepeatableAnnotations(method, OnlyWhen.class, OnlyWhen.Any.class));
    }

    /**
     * Reads an annotation.
     *
     * @param handler whose it is, for messages
     * @throws InvalidHandlerException if it makes no sense
     */
    public static OnlyWhenCondition of(OnlyWhen said, String handler) {
        boolean transition = !said.from().equals(OnlyWhen.ANY) || !said.to().equals(OnlyWhen.ANY);
        if (transition && said.changed().length != 1) {
            throw new InvalidHandlerException(
                    "%s: from and to of @OnlyWhen are about one column. Name it, and no other, with changed = \"…\""
                            .formatted(handler));
        }
        if (Arrays.asList(said.operations()).contains(Operation.UNKNOWN)) {
            throw new InvalidHandlerException(
                    "%s: operations of @OnlyWhen are INSERT, UPDATE, DELETE and MANUAL".formatted(handler));
        }
        Set<Operation> named = EnumSet.noneOf(Operation.class);
        named.addAll(Arrays.asList(said.operations()));
        Value from = Value.of(said.from());
        Set<Operation> operations = named.isEmpty()
                ? EnumSet.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE)
                : EnumSet.copyOf(named);
        if (said.changed().length > 0) {
            operations.remove(Operation.DELETE);
            if (!from.mayBeNull()) {
                operations.remove(Operation.INSERT);
                operations.remove(Operation.MANUAL);
            }
        }
        if (operations.isEmpty()) {
            throw new InvalidHandlerException(
                    "%s has an @OnlyWhen that nothing fits: no column changes by a DELETE, and what is inserted was null before"
                            .formatted(handler));
        }
        return new OnlyWhenCondition(
                said.table().isEmpty() ? null : TableName.parse(said.table()),
                named,
                operations,
                List.of(said.changed()),
                from,
                Value.of(said.to()));
    }

    /** The table; null for any. */
    public @Nullable TableName table() {
        return table;
    }

    /** The operations that it names; empty if it names none. */
    public Set<Operation> named() {
        return named;
    }

    /** The operations that can fit, named or not. */
    public Set<Operation> operations() {
        return operations;
    }

    /** The columns of which one has to change; empty if that does not matter. */
    public List<String> changed() {
        return changed;
    }

    boolean fits(RowChange change) {
        return concerns(change)
                && (changed.isEmpty() || changed.stream().anyMatch(column -> hasChanged(column, change)));
    }

    /** A column without which it cannot be said whether this fits; null if it can. */
    @Nullable
    String undecided(RowChange change) {
        if (!concerns(change) || change.operation().equals(Operation.MANUAL.name()) || change.leavesOutNulls()) {
            return null;
        }
        return changed.stream()
                .filter(column -> !change.has(column))
                .findFirst()
                .orElse(null);
    }

    private boolean concerns(RowChange change) {
        return operations.stream().anyMatch(each -> each.name().equals(change.operation()))
                && (table == null
                        || table.name().equals(change.table()) && table.schema().equals(change.schema()));
    }

    private boolean hasChanged(String column, RowChange change) {
        JsonNode before = change.before(column);
        JsonNode after = change.after(column);
        return !Value.same(before, after) && from.is(before) && to.is(after);
    }

    /**
     * What a column is or becomes.
     *
     * @param text the text that it is; null for anything
     * @param json what the text is as JSON; null if it is none
     */
    private record Value(@Nullable String text, @Nullable JsonNode json) {

        /** As Postgres compares: 1.0 is 1.00, in documents too. */
        private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;

        static Value of(String said) {
            return said.equals(OnlyWhen.ANY) ? new Value(null, null) : new Value(said, parsed(said));
        }

        private static @Nullable JsonNode parsed(String said) {
            try {
                return said.isBlank() ? null : RowChange.JSON.readTree(said);
            } catch (JacksonException e) {
                return null;
            }
        }

        boolean mayBeNull() {
            return text == null || json != null && json.isNull();
        }

        boolean is(JsonNode value) {
            if (text == null) {
                return true;
            }
            return value.isString()
                    ? value.stringValue().equals(text) && !mayBeNull()
                    : json != null && same(json, value);
        }

        static boolean same(JsonNode one, JsonNode other) {
            return one.equals(BY_VALUE, other);
        }
    }
}
