package io.github.hasura4j.spring.delivery;

import java.util.List;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.WebhookFilter;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;

/** Puts {@link OnlyWhen} before the handlers that have it, and before their rows are decoded. */
public final class FilterAdvisor implements HandlerAdvisor {

    private final DeliveryCounts counts;

    /** @param counts where it counts what does not fit */
    public FilterAdvisor(DeliveryCounts counts) {
        this.counts = counts;
    }

    @Override
    public @Nullable WebhookFilter filter(AdvisedHandler handler) {
        List<OnlyWhen> wanted = OnlyWhenCondition.annotations(handler.method());
        if (wanted.isEmpty()) {
            return null;
        }
        if (handler.kind() != WebhookKind.EVENT) {
            throw new InvalidHandlerException(
                    "%s has @OnlyWhen, which is for changes of rows. Remove it, or make it an @HasuraEvent"
                            .formatted(handler));
        }
        List<OnlyWhenCondition> conditions = wanted.stream()
                .map(each -> OnlyWhenCondition.of(each, handler.toString()))
                .toList();
        return new OnlyWhenFilter(
                handler.toString(), conditions, counts.counter(handler, DeliveryCounts.Reason.FILTERED));
    }
}
