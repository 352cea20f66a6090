package io.github.hasura4j.spring.metadata;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.ColumnSet;
import io.github.hasura4j.client.project.CronTriggerMetadata;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.client.project.EventTriggerMetadata;
import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.spring.delivery.OnlyWhenCondition;
import io.github.hasura4j.spring.dispatch.HandlerMethod;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The metadata that the handlers want, in the project model's own records. Where code says nothing, the records hold the engine's
 * defaults; {@code said} has the keys that code does decide. Immutable.
 *
 * @param actions the actions, one for each handler
 * @param customTypes the types of all actions together
 * @param eventTriggers the event triggers, one for each handler
 * @param cronTriggers the cron triggers, one for each handler of scheduled triggers; those of one-off events say no schedule
 * @param validations the validations, one for each handler
 * @param openEnums names of enums that take values they do not know
 * @param places where in code types ({@code Order}) and fields ({@code Order.id}) are
 * @param settings how the metadata reaches the handlers
 */
public record HandlerMetadata(
        List<WantedAction> actions,
        CustomTypes customTypes,
        List<WantedEventTrigger> eventTriggers,
        List<WantedCronTrigger> cronTriggers,
        List<WantedValidation> validations,
        List<String> openEnums,
        Map<String, String> places,
        MetadataSettings settings) {

    /**
     * Derives it from the handlers.
     *
     * @throws io.github.hasura4j.spring.dispatch.InvalidHandlerException if the engine cannot express one of them
     */
    public static HandlerMetadata of(HandlerRegistry handlers, MetadataSettings settings) {
        return new MetadataDerivation(handlers, settings).derive();
    }

    /**
     * An action.
     *
     * @param handler what handles it
     * @param action the action
     * @param said what code decides, of {@code type, arguments, output_type, kind, forward_client_headers, timeout, permissions,
     *     comment}
     * @param alternative the action's arguments if it has a single one, an input object, which the handler takes as well
     */
    public record WantedAction(
            HandlerMethod handler,
            ActionMetadata action,
            Set<String> said,
            List<ActionMetadata.Argument> alternative) {}

    /**
     * An event trigger.
     *
     * @param handler what handles it
     * @param source the table's source; null if code does not say
     * @param table the table; null if code does not say
     * @param trigger the trigger
     * @param columns the columns of which an update must change one
     * @param payload the columns that are sent
     * @param said what code decides, of {@code operations, columns, payload, enable_manual, num_retries, interval_sec, timeout_sec}
     * @param rowColumns the columns that the handler's rows name
     * @param conditions what it runs for, of which one is enough; empty for everything
     */
    public record WantedEventTrigger(
            HandlerMethod handler,
            @Nullable String source,
            @Nullable TableName table,
            EventTriggerMetadata trigger,
            ColumnSet columns,
            ColumnSet payload,
            Set<String> said,
            List<String> rowColumns,
            List<OnlyWhenCondition> conditions) {}

    /**
     * A cron trigger.
     *
     * @param handler what handles it
     * @param trigger the trigger
     * @param said what code decides: {@code schedule}, or nothing
     */
    public record WantedCronTrigger(HandlerMethod handler, CronTriggerMetadata trigger, Set<String> said) {}

    /**
     * A permission's {@code validate_input}.
     *
     * @param handler what handles it
     * @param table the table; null if code does not say
     * @param operation what is validated; null if code does not say
     * @param roles the roles; empty if code does not say
     * @param url the webhook's URL
     * @param headers the headers sent along
     */
    public record WantedValidation(
            HandlerMethod handler,
            @Nullable TableName table,
            @Nullable Operation operation,
            List<String> roles,
            String url,
            List<HeaderMetadata> headers) {}
}
