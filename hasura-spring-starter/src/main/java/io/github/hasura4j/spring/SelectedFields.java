package io.github.hasura4j.spring;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.hasura4j.payload.ActionPayload;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of an action's output its client asked for, so that a handler can leave out what is costly and unwanted.
 *
 * <pre>{@code
 * @HasuraAction
 * Report report(ReportInput input, SelectedFields wanted) {
 *     return new Report(input.title(), wanted.has("chart") ? draw(input) : null);
 * }
 * }</pre>
 *
 * <p>Fields go by their names in the schema, whatever aliases the client gave them, and paths have dots:
 * {@code has("owner.address.city")}. Names that begin with {@code __} are the engine's own business and never here. Leave out
 * only what the schema lets be null: the engine insists on the other fields, asked for or not. A relationship stands here under
 * its own name, and needs the field it joins on.
 *
 * <p><strong>More may seem wanted than is, never less.</strong> The engine sends the client's document but neither variables nor
 * the name of the operation it runs. So a field that {@code @include} or {@code @skip} makes depend on a variable counts, and
 * where an action is called several times, by aliases or in several operations, what any of the calls asks for counts.
 *
 * <p>Sometimes <strong>nothing is known</strong>: asynchronous actions and engines before 2.1 come without a document, a
 * transform may drop it, and one that is very large or deep or does not name the action is not made sense of. Then
 * {@link #has} and everything {@link #at} leads to say that all is wanted, {@link #names} is empty, and {@link #known} is false.
 *
 * <p>The document is parsed when the first question comes, and once. Immutable to its callers, so safe for use by many threads.
 * Not to be taken for {@code io.github.hasura4j.client.Selection}, with which one writes queries.
 */
public final class SelectedFields {

    private static final Pattern PATH = Pattern.compile("[_A-Za-z]\\w*(\\.[_A-Za-z]\\w*)*");

    private static final SelectedFields UNKNOWN = new SelectedFields(() -> null);
    private static final SelectedFields NONE = new SelectedFields(Map::of);

    private @Nullable Supplier<@Nullable Map<String, SelectedFields>> unread;
    private @Nullable Map<String, SelectedFields> fields;

    /** @param fields by name in the client's order, or null where that is unknown; asked once */
    SelectedFields(Supplier<@Nullable Map<String, SelectedFields>> fields) {
        this.unread = fields;
    }

    /** The fields that the client of this call asked for. */
    public static SelectedFields from(ActionPayload<?> payload) {
        return from(payload.action().name(), payload.requestQuery());
    }

    /**
     * The fields of an action that a document asks for: {@code from("report", "{ report { title chart } }")} in a test.
     *
     * @param action the action's name, which is the name of its field in the document
     * @param document what the client sent, null if unknown
     */
    public static SelectedFields from(String action, @Nullable String document) {
        return document == null ? UNKNOWN : new SelectedFields(() -> ClientDocument.fields(action, document));
    }

    /** What a handler gets where nothing is known: everything counts as asked for. */
    public static SelectedFields unknown() {
        return UNKNOWN;
    }

    /**
     * Whether the client asked for a field, as far as is known: true if nothing is.
     *
     * @param path the field's name in the schema, or names separated by dots to look below fields
     * @throws IllegalArgumentException if it is no such path
     */
    public boolean has(String path) {
        int last = checked(path).lastIndexOf('.');
        SelectedFields parent = last < 0 ? this : at(path.substring(0, last));
        Map<String, SelectedFields> known = parent.fields();
        return known == null || known.containsKey(path.substring(last + 1));
    }

    /**
     * What the client asked for below a field; empty for a field that has none or was not asked for.
     *
     * @param path the field's name in the schema, or names separated by dots
     * @throws IllegalArgumentException if it is no such path
     */
    public SelectedFields at(String path) {
        SelectedFields found = this;
        for (String name : checked(path).split("\\.")) {
            Map<String, SelectedFields> known = found.fields();
            if (known == null) {
                return UNKNOWN;
            }
            found = known.getOrDefault(name, NONE);
        }
        return found;
    }

    /**
     * The fields asked for, without those below them, each once and in the client's order. Empty if nothing is {@link #known},
     * so ask that before you make a query of them. Not modifiable.
     */
    public List<String> names() {
        Map<String, SelectedFields> known = fields();
        return known == null ? List.of() : List.copyOf(known.keySet());
    }

    /** Whether it is known that no field is asked for here: for scalars, and at what was not asked for. */
    public boolean isEmpty() {
        Map<String, SelectedFields> known = fields();
        return known != null && known.isEmpty();
    }

    /** Whether the client's wishes are known; if not, all fields count as asked for. */
    public boolean known() {
        return fields() != null;
    }

    private synchronized @Nullable Map<String, SelectedFields> fields() {
        if (unread != null) {
            fields = unread.get();
            unread = null;
        }
        return fields;
    }

    private static String checked(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no path of field names. Write names as in the schema, with dots between: owner.city"
                            .formatted(path));
        }
        return path;
    }

    /** Shows the names of the fields right here. */
    @Override
    public String toString() {
        return "SelectedFields" + (known() ? names() : "[unknown]");
    }
}
