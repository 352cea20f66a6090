package io.github.hasura4j.spring.metadata;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.ActionMetadata.Argument;
import io.github.hasura4j.client.project.ColumnSet;
import io.github.hasura4j.client.project.CronTriggerMetadata;
import io.github.hasura4j.client.project.EventTriggerMetadata;
import io.github.hasura4j.client.project.EventTriggerMetadata.OperationSpec;
import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.client.project.SourceMetadata;
import io.github.hasura4j.client.project.TableMetadata;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.metadata.Finding.Rule;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedAction;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedCronTrigger;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedEventTrigger;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedValidation;
import io.github.hasura4j.spring.metadata.TypeCheck.Spot;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Looks for what handlers and metadata do not agree on. What code does not say is not compared. */
final class ContractCheck {

    private static final String TABLES = "tables";

    private final HandlerMetadata wanted;
    private final MetadataSettings settings;
    private final Metadata actual;
    private final Places places;
    private final Findings findings = new Findings();
    private final TypeCheck types;

    ContractCheck(HandlerMetadata wanted, Metadata actual, Places places) {
        this.wanted = wanted;
        this.settings = wanted.settings();
        this.actual = actual;
        this.places = places;
        this.types = new TypeCheck(wanted, actual.customTypes(), places, findings);
    }

    List<Finding> findings() {
        wanted.actions().forEach(this::action);
        wanted.eventTriggers().forEach(this::eventTrigger);
        wanted.cronTriggers().forEach(this::cronTrigger);
        wanted.validations().forEach(this::validation);
        orphans();
        return findings.list();
    }

    // Actions

    private void action(WantedAction entry) {
        ActionMetadata inCode = entry.action();
        String name = inCode.name();
        String code = Finding.code(entry.handler());
        ActionMetadata inMetadata = TypeCheck.find(actual.actions(), ActionMetadata::name, name);
        if (inMetadata == null) {
            missing("Action '%s'".formatted(name), code, "actions.graphql");
            return;
        }
        String words = "Action '%s'".formatted(name);
        String settingsPlace = places.entry("actions.yaml", name, "action '" + name + "'");
        webhook(
                WebhookKind.ACTION,
                name,
                words,
                inMetadata.handler(),
                inMetadata.requestTransform(),
                code,
                settingsPlace);
        secret(WebhookKind.ACTION, words, inMetadata.headers(), code, settingsPlace);
        if (inCode.operation() != inMetadata.operation()) {
            findings.error(
                    Rule.OPERATION,
                    "%s is a %s in the metadata and a %s in code"
                            .formatted(words, lower(inMetadata.operation()), lower(inCode.operation())),
                    code,
                    places.action(name, null),
                    "Move it to type %s there, or say type = %s"
                            .formatted(
                                    inCode.operation() == ActionMetadata.Operation.QUERY ? "Query" : "Mutation",
                                    inMetadata.operation()));
        }
        if (entry.said().contains("arguments") && !transforms(inMetadata.requestTransform(), "body")) {
            arguments(entry, inMetadata, code);
        }
        if (!transforms(inMetadata.responseTransform(), "body")) {
            output(entry, inMetadata, code);
        }
        said(entry.said(), "kind", Rule.KIND, words, kind(inMetadata), kind(inCode), code, settingsPlace);
        said(
                entry.said(),
                "forward_client_headers",
                Rule.CLIENT_HEADERS,
                words,
                inMetadata.forwardClientHeaders(),
                inCode.forwardClientHeaders(),
                code,
                settingsPlace);
        said(
                entry.said(),
                "timeout",
                Rule.TIMEOUT,
                words,
                inMetadata.timeoutSeconds(),
                inCode.timeoutSeconds(),
                code,
                settingsPlace);
        said(
                entry.said(),
                "permissions",
                Rule.PERMISSIONS,
                words,
                sorted(inMetadata.permissions()),
                sorted(inCode.permissions()),
                code,
                settingsPlace);
        said(entry.said(), "comment", Rule.COMMENT, words, inMetadata.comment(), inCode.comment(), code, settingsPlace);
    }

    private void arguments(WantedAction entry, ActionMetadata inMetadata, String code) {
        String action = inMetadata.name();
        List<Argument> given = inMetadata.arguments();
        if (entry.alternative().size() == 1
                && given.size() == 1
                && given.get(0).name().equals(entry.alternative().get(0).name())) {
            TypeReference type = TypeReference.parse(given.get(0).type());
            var input = TypeCheck.find(actual.customTypes().inputObjects(), each -> each.name(), type.name());
            if (input != null && type.depth() == 0) {
                types.members(
                        entry.action().arguments(),
                        input.fields(),
                        field -> new Spot(
                                "Field '%s.%s'".formatted(type.name(), field),
                                true,
                                code,
                                places.type(type.name(), field)));
                return;
            }
        }
        types.members(
                entry.action().arguments(),
                given,
                argument -> new Spot(
                        "Argument '%s' of action '%s'".formatted(argument, action),
                        true,
                        code,
                        places.action(action, argument)));
    }

    private void output(WantedAction entry, ActionMetadata inMetadata, String code) {
        Spot spot = new Spot(
                "Output of action '%s'".formatted(inMetadata.name()),
                false,
                code,
                places.action(inMetadata.name(), null));
        if (entry.said().contains("output_type")) {
            types.reference(entry.action().outputType(), inMetadata.outputType(), spot);
        } else if (entry.handler().method().getReturnType() == void.class
                && TypeReference.parse(inMetadata.outputType()).nonNull()) {
            findings.error(
                    Rule.NULLABILITY,
                    "%s is %s in the metadata, but code returns nothing"
                            .formatted(spot.words(), inMetadata.outputType()),
                    code,
                    spot.metadata(),
                    "Remove the ! there, or return a value");
        }
    }

    // Event triggers

    record TableTrigger(String source, TableName table, EventTriggerMetadata trigger) {}

    private Stream<TableTrigger> triggers() {
        return actual.sources().stream()
                .flatMap(source -> source.tables().stream()
                        .flatMap(table -> table.eventTriggers().stream()
                                .map(trigger -> new TableTrigger(source.name(), table.table(), trigger))));
    }

    private void eventTrigger(WantedEventTrigger entry) {
        EventTriggerMetadata inCode = entry.trigger();
        String name = inCode.name();
        String code = Finding.code(entry.handler());
        String words = "Event trigger '%s'".formatted(name);
        List<TableTrigger> found =
                triggers().filter(each -> each.trigger().name().equals(name)).toList();
        if (found.isEmpty()) {
            missing(words, code, entry.table() == null ? "the table" : "table " + entry.table());
            return;
        }
        List<TableTrigger> there =
                found.stream().filter(each -> isOnTable(entry, each)).toList();
        for (TableTrigger each : there.isEmpty() ? found.subList(0, 1) : there) {
            eventTrigger(entry, each, words, code);
        }
        if (!entry.conditions().isEmpty()) {
            String place = places.entry(TABLES, name, "event trigger '" + name + "'");
            OnlyWhenCheck conditions = new OnlyWhenCheck(findings, words, code, place);
            entry.conditions().forEach(condition -> conditions.check(condition, there));
        }
    }

    private static boolean isOnTable(WantedEventTrigger entry, TableTrigger found) {
        return (entry.table() == null || entry.table().equals(found.table()))
                && (entry.source() == null || entry.source().equals(found.source()));
    }

    private void eventTrigger(WantedEventTrigger entry, TableTrigger found, String words, String code) {
        EventTriggerMetadata inCode = entry.trigger();
        EventTriggerMetadata inMetadata = found.trigger();
        String place = places.entry(TABLES, inCode.name(), "event trigger '" + inCode.name() + "'");
        if (!isOnTable(entry, found)) {
            String there = entry.table() == null ? "source " + entry.source() : "table " + entry.table();
            findings.error(
                    Rule.TABLE,
                    "%s is on table %s of source %s in the metadata and on %s in code"
                            .formatted(words, found.table(), found.source(), there),
                    code,
                    place,
                    "Move it to %s, or correct the annotation".formatted(there));
        }
        if (inMetadata.webhookFromEnv() == null) {
            webhook(
                    WebhookKind.EVENT,
                    inCode.name(),
                    words,
                    inMetadata.webhook(),
                    inMetadata.requestTransform(),
                    code,
                    place);
        }
        secret(WebhookKind.EVENT, words, inMetadata.headers(), code, place);
        Set<String> said = entry.said();
        said(said, "operations", Rule.OPERATIONS, words, operations(inMetadata), operations(inCode), code, place);
        if (inMetadata.update() != null) {
            said(
                    said,
                    "columns",
                    Rule.COLUMNS,
                    words,
                    columns(inMetadata.update().columns()),
                    columns(entry.columns()),
                    code,
                    place);
        }
        payload(entry, inMetadata, words, code, place);
        said(said, "enable_manual", Rule.MANUAL, words, inMetadata.enableManual(), inCode.enableManual(), code, place);
        said(said, "num_retries", Rule.RETRIES, words, inMetadata.numRetries(), inCode.numRetries(), code, place);
        said(
                said,
                "interval_sec",
                Rule.RETRIES,
                words,
                inMetadata.intervalSeconds(),
                inCode.intervalSeconds(),
                code,
                place);
        said(
                said,
                "timeout_sec",
                Rule.TIMEOUT,
                words,
                inMetadata.timeoutSeconds(),
                inCode.timeoutSeconds(),
                code,
                place);
    }

    private void payload(
            WantedEventTrigger entry, EventTriggerMetadata inMetadata, String words, String code, String place) {
        List<OperationSpec> specs = Stream.of(inMetadata.insert(), inMetadata.update(), inMetadata.delete())
                .filter(Objects::nonNull)
                .toList();
        if (entry.said().contains("payload")) {
            for (OperationSpec spec : specs) {
                if (!columns(spec.payload()).equals(columns(entry.payload()))) {
                    said(
                            entry.said(),
                            "payload",
                            Rule.COLUMNS,
                            words,
                            columns(spec.payload()),
                            columns(entry.payload()),
                            code,
                            place);
                    return;
                }
            }
        }
        List<String> unsent = entry.rowColumns().stream()
                .filter(column ->
                        specs.stream().anyMatch(spec -> !spec.payload().contains(column)))
                .toList();
        if (!unsent.isEmpty()) {
            findings.error(
                    Rule.COLUMNS,
                    "%s does not send %s, which the handler's row has".formatted(words, String.join(", ", unsent)),
                    code,
                    place,
                    "Add it to the payload's columns there, or remove it from the row");
        }
    }

    private static List<String> operations(EventTriggerMetadata trigger) {
        List<String> operations = new ArrayList<>();
        if (trigger.insert() != null) {
            operations.add("insert");
        }
        if (trigger.update() != null) {
            operations.add("update");
        }
        if (trigger.delete() != null) {
            operations.add("delete");
        }
        return operations;
    }

    private static List<String> columns(ColumnSet columns) {
        return columns.all() ? List.of("*") : sorted(columns.names());
    }

    // Cron triggers

    private void cronTrigger(WantedCronTrigger entry) {
        CronTriggerMetadata inCode = entry.trigger();
        String code = Finding.code(entry.handler());
        String words = "Cron trigger '%s'".formatted(inCode.name());
        CronTriggerMetadata inMetadata =
                TypeCheck.find(actual.cronTriggers(), CronTriggerMetadata::name, inCode.name());
        if (inMetadata == null) {
            // Without a cron text it may be for one-off events, which no metadata has.
            if (entry.said().contains("schedule")) {
                missing(words, code, "cron_triggers.yaml");
            }
            return;
        }
        String place = places.entry("cron_triggers", inCode.name(), "cron trigger '" + inCode.name() + "'");
        webhook(
                WebhookKind.SCHEDULED,
                inCode.name(),
                words,
                inMetadata.webhook(),
                inMetadata.requestTransform(),
                code,
                place);
        secret(WebhookKind.SCHEDULED, words, inMetadata.headers(), code, place);
        said(
                entry.said(),
                "schedule",
                Rule.SCHEDULE,
                words,
                inMetadata.schedule().strip().replaceAll("\\s+", " "),
                inCode.schedule(),
                code,
                place);
    }

    // Validations

    private record TableValidation(TableName table, Operation operation, String role, JsonNode definition) {

        String url() {
            return definition.path("url").asString("");
        }
    }

    private Stream<TableValidation> validations() {
        return actual.sources().stream()
                .map(SourceMetadata::tables)
                .flatMap(List::stream)
                .flatMap(ContractCheck::validations);
    }

    private static Stream<TableValidation> validations(TableMetadata table) {
        List<TableValidation> found = new ArrayList<>();
        table.insertPermissions()
                .forEach(each -> add(found, table, Operation.INSERT, each.role(), each.validateInput()));
        table.updatePermissions()
                .forEach(each -> add(found, table, Operation.UPDATE, each.role(), each.validateInput()));
        table.deletePermissions()
                .forEach(each -> add(found, table, Operation.DELETE, each.role(), each.validateInput()));
        return found.stream();
    }

    private static void add(
            List<TableValidation> found,
            TableMetadata table,
            Operation operation,
            String role,
            @Nullable JsonNode validateInput) {
        if (validateInput != null) {
            found.add(new TableValidation(table.table(), operation, role, validateInput.path("definition")));
        }
    }

    private void validation(WantedValidation entry) {
        String name = entry.handler().name();
        String code = Finding.code(entry.handler());
        String words = "Validation '%s'".formatted(name);
        List<TableValidation> found = validations()
                .filter(each -> settings.leadsTo(WebhookKind.VALIDATION, name, each.url()))
                .toList();
        if (found.isEmpty()) {
            missing(words, code, entry.table() == null ? "the table" : "table " + entry.table());
            return;
        }
        String place = places.text(TABLES, entry.url(), "validate_input of " + entry.url());
        TableValidation first = found.get(0);
        for (TableValidation each : found) {
            if (entry.table() != null && !entry.table().equals(each.table())) {
                findings.error(
                        Rule.TABLE,
                        "%s is of table %s in the metadata and of %s in code"
                                .formatted(words, each.table(), entry.table()),
                        code,
                        place,
                        "Move it to %s, or correct the annotation".formatted(entry.table()));
                return;
            }
            if (entry.operation() != null && entry.operation() != each.operation()) {
                findings.error(
                        Rule.OPERATIONS,
                        "%s is of %s in the metadata and of %s in code"
                                .formatted(words, lower(each.operation()), lower(entry.operation())),
                        code,
                        place,
                        "Move it to the %s permission, or correct the annotation".formatted(lower(entry.operation())));
                return;
            }
        }
        List<String> roles = sorted(found.stream().map(TableValidation::role).toList());
        said(
                entry.roles().isEmpty() ? Set.of() : Set.of("permissions"),
                "permissions",
                Rule.PERMISSIONS,
                words,
                roles,
                sorted(entry.roles()),
                code,
                place);
        TableValidation open = found.stream()
                .filter(each ->
                        !hasSecret(HeaderMetadata.listFrom(each.definition().path("headers"))))
                .findFirst()
                .orElse(first);
        secret(
                WebhookKind.VALIDATION,
                words,
                HeaderMetadata.listFrom(open.definition().path("headers")),
                code,
                place);
    }

    // What the metadata calls and nobody handles

    private void orphans() {
        Set<String> actions = names(wanted.actions().stream().map(WantedAction::handler));
        for (ActionMetadata action : actual.actions()) {
            if (isOrphan(WebhookKind.ACTION, action.name(), action.handler(), actions)) {
                orphan(
                        "Action '%s'".formatted(action.name()),
                        places.entry("actions.yaml", action.name(), "action '" + action.name() + "'"),
                        "@HasuraAction(\"%s\")".formatted(action.name()));
            }
        }
        Set<String> events = names(wanted.eventTriggers().stream().map(WantedEventTrigger::handler));
        triggers().map(TableTrigger::trigger).forEach(trigger -> {
            if (isOrphan(WebhookKind.EVENT, trigger.name(), trigger.webhook(), events)) {
                orphan(
                        "Event trigger '%s'".formatted(trigger.name()),
                        places.entry(TABLES, trigger.name(), "event trigger '" + trigger.name() + "'"),
                        "@HasuraEvent(\"%s\")".formatted(trigger.name()));
            }
        });
        Set<String> schedules = names(wanted.cronTriggers().stream().map(WantedCronTrigger::handler));
        for (CronTriggerMetadata trigger : actual.cronTriggers()) {
            if (isOrphan(WebhookKind.SCHEDULED, trigger.name(), trigger.webhook(), schedules)) {
                orphan(
                        "Cron trigger '%s'".formatted(trigger.name()),
                        places.entry("cron_triggers", trigger.name(), "cron trigger '" + trigger.name() + "'"),
                        "@HasuraScheduled(\"%s\")".formatted(trigger.name()));
            }
        }
        Set<String> checks = names(wanted.validations().stream().map(WantedValidation::handler));
        validations()
                .map(TableValidation::url)
                .distinct()
                .filter(url -> settings.isOurs(WebhookKind.VALIDATION, url))
                .filter(url -> checks.stream().noneMatch(name -> settings.leadsTo(WebhookKind.VALIDATION, name, url)))
                .forEach(url -> orphan(
                        "A validation calls '%s', which".formatted(url),
                        places.text(TABLES, url, "validate_input of " + url),
                        "@HasuraValidation(\"%s\")".formatted(url.substring(url.lastIndexOf('/') + 1))));
    }

    private boolean isOrphan(WebhookKind kind, String name, @Nullable String url, Set<String> handlers) {
        return url != null
                && settings.isOurs(kind, url)
                && !handlers.contains(name)
                && handlers.stream().noneMatch(handler -> url.equals(settings.url(kind) + "/" + handler));
    }

    private void orphan(String words, String place, String annotation) {
        findings.error(
                Rule.ORPHANED,
                "%s has no handler in this application".formatted(words),
                "none",
                place,
                "Remove it there, or write a method with %s".formatted(annotation));
    }

    private static Set<String> names(Stream<io.github.hasura4j.spring.dispatch.HandlerMethod> handlers) {
        Set<String> names = new HashSet<>();
        handlers.forEach(handler -> names.add(handler.name()));
        return names;
    }

    // What all kinds have in common

    private void missing(String words, String code, String where) {
        findings.error(
                Rule.MISSING,
                "%s is not in the metadata, so nothing calls its handler".formatted(words),
                code,
                "none",
                "Add it to %s, or remove the handler".formatted(where));
    }

    private void webhook(
            WebhookKind kind,
            String name,
            String words,
            @Nullable String url,
            @Nullable JsonNode transform,
            String code,
            String place) {
        String given = url == null ? "" : url;
        if (!settings.leadsTo(kind, name, given) && !transforms(transform, "url")) {
            findings.error(
                    Rule.URL,
                    "%s calls %s, which does not lead here"
                            .formatted(words, given.isEmpty() ? "nothing" : withoutQuery(given)),
                    code,
                    place,
                    "Call %s there, or correct hasura.metadata.handler-base".formatted(settings.url(kind)));
        }
    }

    /** A URL's query may hold a token. */
    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        int user = url.indexOf('@');
        String shown = query < 0 ? url : url.substring(0, query) + "?…";
        return user < 0 ? shown : "…" + shown.substring(Math.min(user, shown.length()));
    }

    private void secret(WebhookKind kind, String words, List<HeaderMetadata> headers, String code, String place) {
        if (!settings.guarded().contains(kind) || hasSecret(headers)) {
            return;
        }
        HeaderMetadata header =
                headers.stream().filter(this::isSecret).findFirst().orElse(null);
        String value = header == null ? null : header.value();
        String what;
        if (header == null) {
            what = "does not send the header %s, so its handler refuses every call".formatted(settings.secretHeader());
        } else if (value != null && !value.contains("{{")) {
            what = "has the secret itself in the header %s, for all to read".formatted(settings.secretHeader());
        } else {
            what = "takes the header %s from another variable than %s"
                    .formatted(settings.secretHeader(), settings.secretEnv());
        }
        findings.error(
                Rule.SECRET,
                words + " " + what,
                code,
                place,
                "Send the header %s with value_from_env: %s".formatted(settings.secretHeader(), settings.secretEnv()));
    }

    private boolean isSecret(HeaderMetadata header) {
        return header.name().equalsIgnoreCase(settings.secretHeader());
    }

    private boolean hasSecret(List<HeaderMetadata> headers) {
        String template = "{{" + settings.secretEnv() + "}}";
        return headers.stream()
                .filter(this::isSecret)
                .anyMatch(header -> settings.secretEnv().equals(header.valueFromEnv())
                        || template.equals(String.valueOf(header.value()).replace(" ", "")));
    }

    private void said(
            Set<String> said,
            String key,
            Rule rule,
            String words,
            @Nullable Object inMetadata,
            @Nullable Object inCode,
            String code,
            String place) {
        if (said.contains(key) && !Objects.equals(inMetadata, inCode)) {
            findings.add(
                    rule != Rule.COMMENT,
                    rule,
                    "%s: %s is %s in the metadata and %s in code".formatted(words, key, inMetadata, inCode),
                    code,
                    place,
                    "Make it %s there, or correct the annotation".formatted(inCode));
        }
    }

    private static boolean transforms(@Nullable JsonNode transform, String part) {
        return transform != null && transform.hasNonNull(part);
    }

    private static String kind(ActionMetadata action) {
        return action.asynchronous() ? "asynchronous" : "synchronous";
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().distinct().sorted().toList();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }
}
