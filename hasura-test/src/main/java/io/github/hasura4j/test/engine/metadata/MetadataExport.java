package io.github.hasura4j.test.engine.metadata;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.hasura4j.payload.TableName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The metadata in the order in which the engine exports them; empty parts are left out ({@code metadata.md} A.4, A.6). */
final class MetadataExport {

    private static final List<String> TOP = List.of(
            "version",
            "sources",
            "remote_schemas",
            "query_collections",
            "allowlist",
            "actions",
            "custom_types",
            "cron_triggers",
            "rest_endpoints",
            "api_limits",
            "metrics_config",
            "inherited_roles",
            "graphql_schema_introspection",
            "network",
            "backend_configs",
            "opentelemetry");

    private static final List<String> SOURCE = List.of(
            "name",
            "kind",
            "tables",
            "functions",
            "native_queries",
            "stored_procedures",
            "logical_models",
            "configuration",
            "query_tags",
            "customization",
            "health_check");

    private static final List<String> TABLE = List.of(
            "table",
            "is_enum",
            "configuration",
            "object_relationships",
            "array_relationships",
            "computed_fields",
            "remote_relationships",
            "insert_permissions",
            "select_permissions",
            "update_permissions",
            "delete_permissions",
            "event_triggers",
            "apollo_federation_config",
            "logical_model");

    private MetadataExport() {}

    static ObjectNode of(ObjectNode document) {
        ObjectNode source = document.deepCopy();
        source.put("version", 3);
        if (source.path("cron_triggers") instanceof ArrayNode triggers) {
            keep(triggers);
        }
        sort(source, "query_collections", "name");
        sort(source, "allowlist", "collection");
        sort(source, "rest_endpoints", "url");
        sort(source, "inherited_roles", "role_name");
        ObjectNode exported = ordered(source, TOP);
        ArrayNode sources = exported.putArray("sources");
        sorted(
                        source.path("sources"),
                        Comparator.comparing(each -> each.path("name").asString("")))
                .forEach(each -> sources.add(source((ObjectNode) each)));
        return ordered(exported, TOP);
    }

    private static void sort(ObjectNode document, String section, String key) {
        if (document.path(section) instanceof ArrayNode list) {
            List<JsonNode> sorted =
                    sorted(list, Comparator.comparing(each -> each.path(key).asString("")));
            document.putArray(section).addAll(sorted);
        }
    }

    /** Only those that belong to the metadata. */
    private static void keep(ArrayNode triggers) {
        for (int i = triggers.size() - 1; i >= 0; i--) {
            if (!triggers.get(i).path("include_in_metadata").asBoolean(true)) {
                triggers.remove(i);
            }
        }
    }

    private static ObjectNode source(ObjectNode source) {
        ArrayNode tables = JsonNodeFactory.instance.arrayNode();
        sorted(source.path("tables"), Comparator.comparing(MetadataExport::tableName))
                .forEach(table -> tables.add(table((ObjectNode) table)));
        ObjectNode exported = ordered(source, SOURCE);
        exported.set("tables", tables);
        if (!exported.has("configuration")) {
            exported.putObject("configuration");
        }
        return exported;
    }

    private static String tableName(JsonNode table) {
        TableName name = CommandArgs.name(table.path("table"));
        return name == null ? "" : name.schema() + '\u0000' + name.name();
    }

    private static ObjectNode table(ObjectNode table) {
        TableName name = CommandArgs.name(table.path("table"));
        ObjectNode exported = ordered(table, TABLE);
        if (name != null) {
            exported.set(
                    "table",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("name", name.name())
                            .put("schema", name.schema()));
        }
        if (!exported.path("is_enum").asBoolean(false)) {
            exported.remove("is_enum");
        }
        return exported;
    }

    private static List<JsonNode> sorted(JsonNode list, Comparator<JsonNode> order) {
        List<JsonNode> sorted = new ArrayList<>();
        list.forEach(sorted::add);
        sorted.sort(order);
        return sorted;
    }

    /** Keys in the order given, the others after them; what is empty only if it must be there. */
    private static ObjectNode ordered(ObjectNode object, List<String> order) {
        ObjectNode ordered = JsonNodeFactory.instance.objectNode();
        List<String> keys = new ArrayList<>(order);
        object.propertyNames().stream().filter(key -> !order.contains(key)).forEach(keys::add);
        for (String key : keys) {
            JsonNode value = object.path(key);
            boolean required = key.equals("sources") || key.equals("tables") || key.equals("configuration");
            boolean empty = value.isMissingNode() || (value.isContainer() && value.isEmpty());
            if (!empty || (required && !value.isMissingNode())) {
                ordered.set(key, value);
            }
        }
        return ordered;
    }
}
