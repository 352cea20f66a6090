package io.github.hasura4j.spring.metadata;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.ActionMetadata.Argument;
import io.github.hasura4j.client.project.ColumnSet;
import io.github.hasura4j.client.project.CronTriggerMetadata;
import io.github.hasura4j.client.project.EventTriggerMetadata;
import io.github.hasura4j.client.project.EventTriggerMetadata.OperationSpec;
import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.spring.ActionResult;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.delivery.OnlyWhenCondition;
import io.github.hasura4j.spring.dispatch.HandlerMethod;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.github.hasura4j.spring.dispatch.HandlerSignature;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedAction;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedCronTrigger;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedEventTrigger;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedValidation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import tools.jackson.databind.JavaType;

/** Makes metadata of handlers: what the annotations say, and what the signatures do. */
final class MetadataDerivation {

    private static final ColumnSet ALL_COLUMNS = new ColumnSet(true, List.of());

    private final HandlerRegistry handlers;
    private final MetadataSettings settings;
    private final TypeDerivation types;
    private final List<WantedAction> actions = new ArrayList<>();
    private final List<WantedEventTrigger> eventTriggers = new ArrayList<>();
    private final List<WantedCronTrigger> cronTriggers = new ArrayList<>();
    private final List<WantedValidation> validations = new ArrayList<>();

    MetadataDerivation(HandlerRegistry handlers, MetadataSettings settings) {
        this.handlers = handlers;
        this.settings = settings;
        this.types = new TypeDerivation(handlers.mapper());
    }

    HandlerMetadata derive() {
        for (HandlerSignature signature : handlers.signatures()) {
            HandlerMethod handler = signature.handler();
            switch (handler.kind()) {
                case ACTION -> actions.add(action(signature, annotation(handler, HasuraAction.class)));
                case EVENT -> eventTriggers.add(eventTrigger(signature, annotation(handler, HasuraEvent.class)));
                case SCHEDULED -> cronTriggers.add(cronTrigger(handler, annotation(handler, HasuraScheduled.class)));
                case VALIDATION -> validations.add(validation(handler, annotation(handler, HasuraValidation.class)));
                case AUTH_HOOK -> {
                    // Configured by the engine's environment, not by metadata.
                }
            }
        }
        return new HandlerMetadata(
                List.copyOf(actions),
                types.customTypes(),
                List.copyOf(eventTriggers),
                List.copyOf(cronTriggers),
                List.copyOf(validations),
                types.openEnums(),
                types.places(),
                settings);
    }

    private static <A extends Annotation> A annotation(HandlerMethod handler, Class<A> type) {
        return MergedAnnotations.from(handler.method(), SearchStrategy.TYPE_HIERARCHY)
                .get(type)
                .synthesize();
    }

    private WantedAction action(HandlerSignature signature, HasuraAction said) {
        HandlerMethod handler = signature.handler();
        String where = Finding.code(handler);
        TypeDerivation.requireName(handler.name(), where);
        Set<String> decided = new LinkedHashSet<>(List.of("type"));
        List<Argument> arguments = arguments(signature, where, decided);
        String output = output(signature, where, decided);
        say(decided, "kind", said.kind().length > 0);
        say(decided, "forward_client_headers", said.forwardClientHeaders().length > 0);
        say(decided, "timeout", said.timeout() > 0);
        say(decided, "permissions", said.permissions().length > 0);
        say(decided, "comment", !said.comment().isEmpty());
        boolean query = said.type() == HasuraAction.Type.QUERY;
        boolean asynchronous =
                one(said.kind(), HasuraAction.Kind.SYNCHRONOUS, where, "kind") == HasuraAction.Kind.ASYNCHRONOUS;
        if (query && asynchronous) {
            throw new InvalidHandlerException(
                    "%s: a query is never asynchronous. Say type = MUTATION, or leave the kind out".formatted(where));
        }
        boolean[] forward = said.forwardClientHeaders();
        ActionMetadata action = new ActionMetadata(
                handler.name(),
                query ? ActionMetadata.Operation.QUERY : ActionMetadata.Operation.MUTATION,
                asynchronous,
                settings.url(WebhookKind.ACTION),
                arguments,
                output,
                headers(WebhookKind.ACTION),
                forward.length > 0 && forward[0],
                said.timeout() > 0 ? said.timeout() : 30,
                resolved(said.permissions()),
                null,
                null,
                said.comment().isEmpty() ? null : handlers.resolved(said.comment()),
                null);
        return new WantedAction(handler, action, Set.copyOf(decided), alternative(signature, where));
    }

    private List<Argument> arguments(HandlerSignature signature, String where, Set<String> decided) {
        List<Argument> arguments = new ArrayList<>();
        for (HandlerSignature.Input input : signature.inputs()) {
            if (!input.argument().isEmpty()) {
                arguments.add(argument(input, input.argument(), where));
            } else if (TypeDerivation.isJson(input.type()) || !types.isObject(input.type())) {
                return List.of();
            } else if (arguments.isEmpty()) {
                arguments.addAll(types.arguments(input.type(), where));
            }
        }
        boolean takesNothing = signature.inputs().isEmpty();
        // A handler that never looks at its input bears any.
        say(decided, "arguments", !takesNothing || signature.handler().method().getParameterCount() == 0);
        return List.copyOf(arguments);
    }

    /** {@code f(order: PlaceOrder!)}, which a handler of {@code PlaceOrder order} takes as well as {@code f(note: String!)}. */
    private List<Argument> alternative(HandlerSignature signature, String where) {
        if (signature.inputs().size() != 1) {
            return List.of();
        }
        HandlerSignature.Input input = signature.inputs().get(0);
        return input.alternative().isEmpty() || TypeDerivation.isJson(input.type()) || !types.isObject(input.type())
                ? List.of()
                : List.of(new Argument(
                        input.alternative(), input.type().getRawClass().getSimpleName(), null));
    }

    private Argument argument(HandlerSignature.Input input, String name, String where) {
        Parameter parameter = input.parameter().getParameter();
        TypeReference type = types.reference(
                input.type(),
                input.parameter().getParameterType().isPrimitive()
                        ? Nullability.primitive()
                        : Nullability.of(
                                parameter.getAnnotatedType(), List.of(parameter), parameter.getDeclaringExecutable()),
                TypeDerivation.scalar(List.of(parameter)),
                TypeDerivation.Role.INPUT,
                where);
        JsonPropertyDescription description = parameter.getAnnotation(JsonPropertyDescription.class);
        return new Argument(
                TypeDerivation.requireName(name, where),
                type.toString(),
                description == null ? null : description.value());
    }

    /** The type of what is answered, be it promised or wrapped. */
    private String output(HandlerSignature signature, String where, Set<String> decided) {
        Method method = signature.handler().method();
        JavaType type = signature.returns();
        Nullability nullability = Nullability.of(method.getAnnotatedReturnType(), List.of(method), method);
        while (isWrapper(type)) {
            type = type.containedTypeOrUnknown(0);
            nullability = nullability.content();
        }
        if (type.hasRawClass(void.class) || type.hasRawClass(Void.class)) {
            return "Boolean";
        }
        String scalar = TypeDerivation.scalar(List.of(method));
        if (TypeDerivation.isJson(type) && scalar == null) {
            // It can be shaped like any type.
            return "jsonb";
        }
        say(decided, "output_type", true);
        TypeReference output = types.reference(type, nullability, scalar, TypeDerivation.Role.OUTPUT, where);
        boolean enumeration = types.customTypes().enums().stream()
                .anyMatch(each -> each.name().equals(output.name()));
        if (enumeration) {
            throw new InvalidHandlerException("""
                    %s returns the enum %s, and actions return objects or scalars only. Return a record that has it, or say \
                    @HasuraType("String")""".formatted(where, output.name()));
        }
        return output.toString();
    }

    private static boolean isWrapper(JavaType type) {
        Class<?> raw = type.getRawClass();
        return raw == ActionResult.class
                || CompletionStage.class.isAssignableFrom(raw)
                || type.containedTypeCount() == 1
                        && ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw) != null;
    }

    private WantedEventTrigger eventTrigger(HandlerSignature signature, HasuraEvent said) {
        HandlerMethod handler = signature.handler();
        String where = Finding.code(handler);
        Set<Operation> operations = operations(said.operations(), where);
        List<OnlyWhenCondition> conditions = OnlyWhenCondition.annotations(handler.method()).stream()
                .map(each -> OnlyWhenCondition.of(each, where))
                .toList();
        Set<String> decided = new LinkedHashSet<>();
        say(decided, "operations", !operations.isEmpty());
        say(decided, "columns", said.columns().length > 0);
        say(decided, "payload", said.payload().length > 0);
        say(decided, "enable_manual", said.enableManual().length > 0);
        HasuraEvent.RetryConf retry = said.retryConf();
        say(decided, "num_retries", retry.numRetries() >= 0);
        say(decided, "interval_sec", retry.intervalSec() >= 0);
        say(decided, "timeout_sec", retry.timeoutSec() >= 0);
        if (decided.contains("columns") && !operations.isEmpty() && !operations.contains(Operation.UPDATE)) {
            throw new InvalidHandlerException(
                    "%s names columns, which count for updates only. Add UPDATE to its operations, or remove the columns"
                            .formatted(where));
        }
        boolean[] manual = said.enableManual();
        OperationSpec spec = new OperationSpec(
                decided.contains("columns") ? columns(said.columns()) : columns(conditions), columns(said.payload()));
        if (operations.isEmpty()) {
            conditions.forEach(each -> operations.addAll(each.operations()));
        }
        EventTriggerMetadata trigger = new EventTriggerMetadata(
                handler.name(),
                operations.contains(Operation.INSERT) ? new OperationSpec(ALL_COLUMNS, spec.payload()) : null,
                operations.contains(Operation.UPDATE) ? spec : null,
                operations.contains(Operation.DELETE) ? new OperationSpec(ALL_COLUMNS, spec.payload()) : null,
                manual.length > 0 ? manual[0] : operations.contains(Operation.MANUAL),
                Math.max(retry.numRetries(), 0),
                retry.intervalSec() >= 0 ? retry.intervalSec() : 10,
                retry.timeoutSec() >= 0 ? retry.timeoutSec() : 60,
                settings.url(WebhookKind.EVENT),
                null,
                headers(WebhookKind.EVENT),
                null,
                null);
        return new WantedEventTrigger(
                handler,
                said.source().isEmpty() ? null : handlers.resolved(said.source()),
                table(said.table()),
                trigger,
                spec.columns(),
                spec.payload(),
                Set.copyOf(decided),
                signature.inputs().stream()
                        .flatMap(input -> types.columns(input.type()).stream())
                        .distinct()
                        .toList(),
                conditions);
    }

    /** What an update has to change for any of the conditions; all columns if that does not matter to one of them. */
    private static ColumnSet columns(List<OnlyWhenCondition> conditions) {
        List<OnlyWhenCondition> updates = conditions.stream()
                .filter(each -> each.operations().contains(Operation.UPDATE))
                .toList();
        return updates.isEmpty()
                        || updates.stream().anyMatch(each -> each.changed().isEmpty())
                ? ALL_COLUMNS
                : new ColumnSet(
                        false,
                        updates.stream()
                                .flatMap(each -> each.changed().stream())
                                .distinct()
                                .toList());
    }

    private WantedCronTrigger cronTrigger(HandlerMethod handler, HasuraScheduled said) {
        String schedule = handlers.resolved(said.cron()).strip().replaceAll("\\s+", " ");
        CronTriggerMetadata trigger = new CronTriggerMetadata(
                handler.name(),
                settings.url(WebhookKind.SCHEDULED),
                schedule,
                null,
                headers(WebhookKind.SCHEDULED),
                null,
                new CronTriggerMetadata.RetryConf(0, 10, 60, 21_600),
                null,
                null);
        return new WantedCronTrigger(handler, trigger, schedule.isEmpty() ? Set.of() : Set.of("schedule"));
    }

    private WantedValidation validation(HandlerMethod handler, HasuraValidation said) {
        Set<Operation> operations = operations(said.operation(), Finding.code(handler));
        if (operations.size() > 1) {
            throw new InvalidHandlerException(
                    "%s validates several operations, whose input has different shapes. Write a handler for each"
                            .formatted(Finding.code(handler)));
        }
        return new WantedValidation(
                handler,
                table(said.table()),
                operations.isEmpty() ? null : operations.iterator().next(),
                resolved(said.permissions()),
                settings.url(WebhookKind.VALIDATION) + "/" + handler.name(),
                headers(WebhookKind.VALIDATION));
    }

    private List<HeaderMetadata> headers(WebhookKind kind) {
        return settings.guarded().contains(kind)
                ? List.of(new HeaderMetadata(settings.secretHeader(), null, settings.secretEnv()))
                : List.of();
    }

    private List<String> resolved(String[] texts) {
        return Arrays.stream(texts).map(handlers::resolved).toList();
    }

    private @Nullable TableName table(String text) {
        String table = handlers.resolved(text);
        return table.isEmpty() ? null : TableName.parse(table);
    }

    private static ColumnSet columns(String[] names) {
        return names.length == 0 || List.of(names).contains("*") ? ALL_COLUMNS : new ColumnSet(false, List.of(names));
    }

    private static Set<Operation> operations(Operation[] said, String where) {
        Set<Operation> operations = new LinkedHashSet<>(List.of(said));
        if (!Collections.disjoint(operations, Set.of(Operation.MANUAL, Operation.UNKNOWN))) {
            throw new InvalidHandlerException(
                    "%s: operations are INSERT, UPDATE and DELETE. For invocations by hand say enableManual = true"
                            .formatted(where));
        }
        return operations;
    }

    private static <T> T one(T[] said, T otherwise, String where, String attribute) {
        if (said.length > 1) {
            throw new InvalidHandlerException("%s: there can be one %s only".formatted(where, attribute));
        }
        return said.length == 0 ? otherwise : Objects.requireNonNull(said[0]);
    }

    private static void say(Set<String> decided, String key, boolean isSaid) {
        if (isSaid) {
            decided.add(key);
        }
    }
}
