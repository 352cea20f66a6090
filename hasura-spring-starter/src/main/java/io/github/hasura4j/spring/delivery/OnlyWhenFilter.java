package io.github.hasura4j.spring.delivery;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.hasura4j.spring.WebhookFilter;
import tools.jackson.core.JacksonException;

/** The {@link OnlyWhen} annotations of one handler. */
final class OnlyWhenFilter implements WebhookFilter {

    private final String handler;
    private final List<OnlyWhenCondition> conditions;
    private final Set<String> columns;
    private final DeliveryCounts.Counter skipped;

    OnlyWhenFilter(String handler, List<OnlyWhenCondition> conditions, DeliveryCounts.Counter skipped) {
        this.handler = handler;
        this.conditions = conditions;
        this.columns =
                conditions.stream().flatMap(each -> each.changed().stream()).collect(Collectors.toUnmodifiableSet());
        this.skipped = skipped;
    }

    @Override
    public boolean accepts(byte[] body) {
        RowChange change;
        try {
            change = RowChange.read(body, columns);
        } catch (JacksonException e) {
            return true; // Whoever decodes it says what is wrong with it.
        }
        if (!change.isEvent()) {
            return true;
        }
        if (change.operation().isEmpty()) {
            throw new IllegalStateException(
                    "@OnlyWhen of %s cannot be decided: the event does not say its operation".formatted(handler));
        }
        String unsent = null;
        for (OnlyWhenCondition each : conditions) {
            if (each.fits(change)) {
                return true;
            }
            if (unsent == null) {
                unsent = each.undecided(change);
            }
        }
        if (unsent != null) {
            throw new IllegalStateException("""
                    @OnlyWhen(changed = "%s") of %s cannot be decided: the trigger does not send that column for an %s. Correct the \
                    name, or add the column to the trigger's payload""".formatted(unsent, handler, change.operation()));
        }
        skipped.add();
        return false;
    }
}
