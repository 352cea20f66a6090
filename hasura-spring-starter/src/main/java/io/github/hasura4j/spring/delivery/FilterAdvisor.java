package io.github.hasura4j.spring.delivery;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts {@link OnlyWhen} before the handlers that have it, outside of everything that costs more. */
@Order(FilterAdvisor.ORDER)
public final class FilterAdvisor implements HandlerAdvisor {

    /** Outside of limits: what does not fit takes no room. */
    public static final int ORDER = 25;

    /** Numbers keep their digits. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final DeliveryCounts counts;

    /** @param counts where it counts what does not fit */
    public FilterAdvisor(DeliveryCounts counts) {
        this.counts = counts;
    }

    @Override
    public @Nullable WebhookInterceptor interceptor(AdvisedHandler handler) {
        OnlyWhen.Any several = handler.annotation(OnlyWhen.Any.class);
        OnlyWhen one = handler.annotation(OnlyWhen.class);
        if (several == null && one == null) {
            return null;
        }
        if (handler.kind() != WebhookKind.EVENT) {
            throw new InvalidHandlerException(
                    "%s has @OnlyWhen, which is for changes of rows. Remove it, or make it an @HasuraEvent"
                            .formatted(handler));
        }
        List<Condition> conditions = Arrays.stream(several == null ? new OnlyWhen[] {one} : several.value())
                .map(each -> Condition.of(each, handler))
                .toList();
        DeliveryCounts.Counter counter = counts.counter(handler, DeliveryCounts.Reason.FILTERED);
        return (call, chain) -> {
            if (fits(call, conditions)) {
                return chain.proceed();
            }
            counter.add();
            return null;
        };
    }

    private static boolean fits(WebhookCall call, List<Condition> conditions) {
        JsonNode body = JSON.readTree(call.body());
        for (Condition each : conditions) {
            if (each.fits(body)) {
                return true;
            }
        }
        return false;
    }

    /** One annotation. */
    private record Condition(
            @Nullable TableName table, Set<Operation> operations, List<String> changed, String from, String to) {

        static Condition of(OnlyWhen said, AdvisedHandler handler) {
            boolean transition = !said.from().equals(OnlyWhen.ANY) || !said.to().equals(OnlyWhen.ANY);
            if (transition && said.changed().length != 1) {
                throw new InvalidHandlerException(
                        "%s: from and to of @OnlyWhen are about one column. Name it, and no other, with changed = \"…\""
                                .formatted(handler));
            }
            if (Set.of(said.operations()).contains(Operation.UNKNOWN)) {
                throw new InvalidHandlerException(
                        "%s: operations of @OnlyWhen are INSERT, UPDATE, DELETE and MANUAL".formatted(handler));
            }
            return new Condition(
                    said.table().isEmpty() ? null : TableName.parse(said.table()),
                    said.operations().length == 0
                            ? Set.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE)
                            : Set.of(said.operations()),
                    List.of(said.changed()),
                    said.from(),
                    said.to());
        }

        boolean fits(JsonNode body) {
            JsonNode event = body.path("event");
            String operation = event.path("op").asString("");
            if (operations.stream().noneMatch(each -> each.name().equals(operation))) {
                return false;
            }
            JsonNode place = body.path("table");
            if (table != null
                    && !(table.name().equals(place.path("name").asString(""))
                            && table.schema().equals(place.path("schema").asString("public")))) {
                return false;
            }
            JsonNode data = event.path("data");
            return changed.isEmpty()
                    || !operation.equals("DELETE")
                            && changed.stream()
                                    .anyMatch(column -> hasChanged(
                                            data.path("old").path(column),
                                            data.path("new").path(column)));
        }

        private boolean hasChanged(JsonNode before, JsonNode after) {
            return !text(before).equals(text(after)) && is(before, from) && is(after, to);
        }

        private static boolean is(JsonNode value, String wanted) {
            return wanted.equals(OnlyWhen.ANY)
                    || text(value).equals(wanted)
                    || value.isNumber() && isNumber(value.decimalValue(), wanted);
        }

        /** However it is written: the engine has exponents where people have none. */
        private static boolean isNumber(BigDecimal value, String wanted) {
            try {
                return new BigDecimal(wanted).compareTo(value) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }

        /** The engine's own JSON for what is no text. */
        private static String text(JsonNode value) {
            return value.isString() ? value.stringValue() : value.isMissingNode() ? "null" : value.toString();
        }
    }
}
