package io.github.hasura4j.test.engine.metadata;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import io.github.hasura4j.test.InconsistentObject;
import io.github.hasura4j.test.engine.EngineException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Commands on the metadata as a whole ({@code metadata.md} B.2). */
final class DocumentCommands {

    private final ObjectNode catalogState = JsonNodeFactory.instance.objectNode();

    DocumentCommands() {
        catalogState.put("id", UUID.randomUUID().toString()).putObject("cli_state");
        catalogState.putObject("console_state");
    }

    /**
     * Runs a command; null if it is none of these.
     *
     * @param second whether the request is in the second version
     */
    @Nullable
    JsonNode run(String type, boolean second, JsonNode args, MetadataTransaction transaction) throws SQLException {
        LoadedMetadata state = transaction.state();
        switch (type) {
            case "export_metadata" -> {
                ObjectNode exported = MetadataExport.of(state.document());
                return second
                        ? Answers.object()
                                .put("resource_version", transaction.resourceVersion())
                                .set("metadata", exported)
                        : exported;
            }
            case "replace_metadata" -> {
                return replace(args, transaction);
            }
            case "clear_metadata" -> {
                ObjectNode cleared = JsonNodeFactory.instance.objectNode();
                state.document().path("sources").forEach(source -> {
                    ObjectNode kept = cleared.withArray("sources").addObject();
                    kept.set("name", source.path("name"));
                    kept.set("kind", source.path("kind"));
                    kept.putArray("tables");
                    kept.set("configuration", source.path("configuration"));
                });
                transaction.take(cleared, false);
                return Answers.success();
            }
            case "reload_metadata" -> {
                JsonNode remotes = args.path("reload_remote_schemas");
                boolean introspect = remotes.isMissingNode() || remotes.asBoolean(false) || !remotes.isEmpty();
                transaction.take(transaction.copy().root(), introspect);
                return Answers.object().put("message", "success").setAll(consistency(transaction.state()));
            }
            case "get_inconsistent_metadata" -> {
                return consistency(state);
            }
            case "drop_inconsistent_metadata" -> {
                MetadataDocument copy = transaction.copy();
                Inconsistencies.drop(Inconsistencies.of(state.problems()), copy);
                transaction.take(copy.root(), false);
                return Answers.success();
            }
            case "get_catalog_state" -> {
                return catalogState.deepCopy();
            }
            case "set_catalog_state" -> {
                catalogState.set(args.path("type").asString("cli") + "_state", args.path("state"));
                return Answers.success();
            }
            default -> {
                return null;
            }
        }
    }

    private static JsonNode replace(JsonNode args, MetadataTransaction transaction) throws SQLException {
        boolean wrapped = args.has("metadata");
        if (!((wrapped ? args.path("metadata") : args) instanceof ObjectNode given)) {
            throw EngineException.of("parse-failed", "$.args", "parsing Object failed, expected Object");
        }
        ObjectNode document = given.deepCopy();
        withSources(document, transaction.state().document());
        keepCronTriggersOfOthers(document, transaction.state().document());
        LoadedMetadata before = transaction.state();
        transaction.take(document, false);
        List<InconsistentObject> inconsistent =
                Inconsistencies.of(transaction.state().problems());
        if (!inconsistent.isEmpty() && !args.path("allow_inconsistent_metadata").asBoolean(false)) {
            transaction.backTo(before);
            throw EngineException.of("unexpected", "$.args", "cannot continue due to inconsistent metadata")
                    .withInternal(Inconsistencies.json(inconsistent, document));
        }
        return wrapped ? consistency(transaction.state()) : Answers.success();
    }

    /** A document of the second version has no sources: its tables are those of the one that is there. */
    private static void withSources(ObjectNode document, ObjectNode before) {
        if (document.has("sources") || !document.has("tables")) {
            return;
        }
        ObjectNode source = document.putArray("sources").addObject();
        source.put("name", MetadataLoader.sourceOf(before)).put("kind", "postgres");
        source.set("tables", document.remove("tables"));
        if (document.has("functions")) {
            source.set("functions", document.remove("functions"));
        }
    }

    private static void keepCronTriggersOfOthers(ObjectNode document, ObjectNode before) {
        ArrayNode triggers = MetadataDocument.list(document, "cron_triggers");
        before.path("cron_triggers").forEach(trigger -> {
            String name = trigger.path("name").asString("");
            if (!trigger.path("include_in_metadata").asBoolean(true)
                    && MetadataDocument.by(triggers, "name", name) == null) {
                triggers.add(trigger.deepCopy());
            }
        });
    }

    private static ObjectNode consistency(LoadedMetadata state) {
        List<InconsistentObject> inconsistent = Inconsistencies.of(state.problems());
        ObjectNode answer = Answers.object().put("is_consistent", inconsistent.isEmpty());
        answer.set("inconsistent_objects", Inconsistencies.json(inconsistent, state.document()));
        return answer;
    }
}
