package io.github.hasura4j.spring.metadata;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.hasura4j.client.project.EventTriggerMetadata;
import io.github.hasura4j.client.project.EventTriggerMetadata.OperationSpec;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.spring.delivery.OnlyWhenCondition;
import io.github.hasura4j.spring.metadata.ContractCheck.TableTrigger;
import io.github.hasura4j.spring.metadata.Finding.Rule;
import org.jspecify.annotations.Nullable;

/** What a handler's {@code @OnlyWhen} waits for has to come, and with it the columns that decide. */
final class OnlyWhenCheck {

    private final Findings findings;
    private final String words;
    private final String code;
    private final String place;

    /**
     * @param words the trigger, as findings begin
     * @param code where the handler is
     * @param place where the trigger is
     */
    OnlyWhenCheck(Findings findings, String words, String code, String place) {
        this.findings = findings;
        this.words = words;
        this.code = code;
        this.place = place;
    }

    /** @param triggers those of the handler's name, on the tables that it may be on */
    void check(OnlyWhenCondition condition, List<TableTrigger> triggers) {
        List<TableTrigger> concerned = triggers.stream()
                .filter(each -> condition.table() == null || condition.table().equals(each.table()))
                .toList();
        if (concerned.isEmpty() && !triggers.isEmpty()) {
            error(
                    Rule.TABLE,
                    "is on table %s, and @OnlyWhen waits for %s"
                            .formatted(triggers.get(0).table(), condition.table()),
                    "Correct the table of @OnlyWhen, or the trigger's name");
        }
        for (TableTrigger each : concerned) {
            check(condition, each.trigger());
        }
    }

    private void check(OnlyWhenCondition condition, EventTriggerMetadata trigger) {
        Map<Operation, OperationSpec> fired = fired(trigger);
        if (condition.named().contains(Operation.MANUAL) && !trigger.enableManual()) {
            error(
                    Rule.MANUAL,
                    "cannot be invoked by hand, and @OnlyWhen waits for that",
                    "Set enable_manual there, or remove MANUAL from @OnlyWhen");
        }
        operations(condition, fired);
        columns(condition, fired);
    }

    private static Map<Operation, OperationSpec> fired(EventTriggerMetadata trigger) {
        Map<Operation, OperationSpec> fired = new EnumMap<>(Operation.class);
        put(fired, Operation.INSERT, trigger.insert());
        put(fired, Operation.UPDATE, trigger.update());
        put(fired, Operation.DELETE, trigger.delete());
        return fired;
    }

    private static void put(Map<Operation, OperationSpec> fired, Operation operation, @Nullable OperationSpec spec) {
        if (spec != null) {
            fired.put(operation, spec);
        }
    }

    /** Each one that is named has to fire; of those that are not, one. */
    private void operations(OnlyWhenCondition condition, Map<Operation, OperationSpec> fired) {
        List<String> missing = condition.operations().stream()
                .filter(each -> each != Operation.MANUAL && !fired.containsKey(each))
                .map(Operation::name)
                .sorted()
                .toList();
        boolean anyIsEnough = condition.named().isEmpty();
        if (anyIsEnough ? missing.size() == condition.operations().size() : !missing.isEmpty()) {
            error(
                    Rule.OPERATIONS,
                    "does not fire on %s, and @OnlyWhen waits for that"
                            .formatted(missing.stream().collect(Collectors.joining(anyIsEnough ? " or " : ", "))),
                    "Add it to the trigger, or remove it from @OnlyWhen");
        }
    }

    private void columns(OnlyWhenCondition condition, Map<Operation, OperationSpec> fired) {
        List<OperationSpec> concerned = fired.entrySet().stream()
                .filter(each -> condition.operations().contains(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        OperationSpec update = condition.operations().contains(Operation.UPDATE) ? fired.get(Operation.UPDATE) : null;
        for (String column : condition.changed()) {
            if (concerned.stream().anyMatch(spec -> !spec.payload().contains(column))) {
                error(
                        Rule.COLUMNS,
                        "does not send %s, which decides in @OnlyWhen".formatted(column),
                        "Add it to the payload's columns there, or correct @OnlyWhen");
            } else if (update != null && !update.columns().contains(column)) {
                error(
                        Rule.COLUMNS,
                        "does not fire when %s changes, and @OnlyWhen waits for that".formatted(column),
                        "Add it to the columns of update there, or remove it from @OnlyWhen");
            }
        }
    }

    private void error(Rule rule, String what, String change) {
        findings.error(rule, words + " " + what, code, place, change);
    }
}
