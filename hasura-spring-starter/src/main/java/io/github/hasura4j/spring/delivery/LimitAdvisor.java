package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.delivery.DeliveryCounts.Reason;
import io.github.hasura4j.spring.delivery.LimitSettings.Quota;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;

/** Puts gates before handlers for which there is a limit, and before no others. */
@Order(LimitAdvisor.ORDER)
public final class LimitAdvisor implements HandlerAdvisor {

    /** Outside of everything that holds a transaction or a claim. */
    public static final int ORDER = 50;

    private final LimitSettings settings;
    private final boolean keepsRates;
    private final DeliveryCounts counts;
    private final Spread spread;
    private final Quotas all;
    private final Quotas deliveries;
    private final Gate waiting;
    private final Set<String> seen = new HashSet<>();

    /**
     * @param keepsRates whether Bucket4j is there; without it a rate is a mistake
     * @throws InvalidHandlerException if the settings have a rate that nobody keeps
     */
    public LimitAdvisor(LimitSettings settings, boolean keepsRates, DeliveryCounts counts, RandomGenerator random) {
        this.settings = settings;
        this.keepsRates = keepsRates;
        this.counts = counts;
        this.spread = new Spread(random);
        this.all = quotas("hasura.limits.all", settings.all());
        this.deliveries = quotas("hasura.limits.deliveries", settings.deliveries());
        this.waiting = new ConcurrencyGate(settings.maxWaiting());
    }

    @Override
    public @Nullable WebhookInterceptor interceptor(AdvisedHandler handler) {
        seen.add(handler.name());
        boolean delivered = handler.kind() == WebhookKind.EVENT || handler.kind() == WebhookKind.SCHEDULED;
        Quotas own = quotas(handler.toString(), quota(handler));
        List<Gate> gates = new ArrayList<>();
        // The handler's own come first, so that it takes nothing from others while it is full; rates last, since they
        // are spent.
        List<Quotas> inOrder = delivered ? List.of(own, deliveries, all) : List.of(own, all);
        inOrder.forEach(each -> gates.addAll(each.concurrency()));
        inOrder.forEach(each -> gates.addAll(each.rate()));
        if (gates.isEmpty()) {
            return null;
        }
        DeliveryCounts.Counter counter = counts.counter(handler, Reason.TOO_BUSY);
        return new LimitInterceptor(
                handler,
                new Gates(gates),
                delivered
                        ? new LimitInterceptor.SentAway(counter, spread, settings.spread())
                        : new LimitInterceptor.Waiting(counter, waiting, settings.maxWait()));
    }

    /**
     * Makes sure that no limit is set for a handler that there is not; call it when all handlers were looked at.
     *
     * @throws InvalidHandlerException if there is one
     */
    public void requireHandlers() {
        Set<String> unknown = new TreeSet<>(settings.handlers().keySet());
        unknown.removeAll(seen);
        if (!unknown.isEmpty()) {
            throw new InvalidHandlerException(
                    """
                    hasura.limits.handlers has limits for %s, but no handler has that name. Known: %s""".formatted(String.join(", ", unknown), String.join(", ", new TreeSet<>(seen))));
        }
    }

    private Quota quota(AdvisedHandler handler) {
        Quota configured = settings.handlers().get(handler.name());
        if (configured != null) {
            return configured;
        }
        Limit wanted = handler.annotation(Limit.class);
        if (wanted == null) {
            return Quota.NONE;
        }
        if (wanted.concurrency() == 0 && wanted.rate().isBlank()) {
            throw new InvalidHandlerException(
                    "%s has a @Limit that limits nothing. Say concurrency = 10, rate = \"100/min\", or both"
                            .formatted(handler));
        }
        try {
            return new Quota(wanted.concurrency(), wanted.rate().isBlank() ? null : Rate.of(wanted.rate()));
        } catch (IllegalArgumentException e) {
            throw new InvalidHandlerException("%s has a @Limit, but %s".formatted(handler, e.getMessage()), e);
        }
    }

    private Quotas quotas(String whose, Quota quota) {
        Rate rate = quota.rate();
        if (rate != null && !keepsRates) {
            throw new InvalidHandlerException("""
                    %s limits the rate to %d in %s, but Bucket4j, which keeps it, is not there. Add the dependency \
                    com.bucket4j:bucket4j_jdk17-core, or limit the concurrency""".formatted(whose, rate.calls(), text(rate.per())));
        }
        return new Quotas(
                quota.concurrency() == 0 ? List.of() : List.of(new ConcurrencyGate(quota.concurrency())),
                rate == null ? List.of() : List.of(new RateGate(rate)));
    }

    private static String text(Duration per) {
        return per.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    private record Quotas(List<Gate> concurrency, List<Gate> rate) {}
}
