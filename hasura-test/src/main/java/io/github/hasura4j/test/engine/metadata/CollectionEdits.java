package io.github.hasura4j.test.engine.metadata;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.GraphQlEngine;
import io.github.hasura4j.test.engine.rest.RestEndpoints;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Commands on query collections, the allow list of them, and the REST endpoints that run their queries. */
final class CollectionEdits {

    private static final String KIND = "query_collections";

    private CollectionEdits() {}

    static Map<String, Edit> all() {
        return Map.of(
                "create_query_collection", CollectionEdits::create,
                "rename_query_collection", CollectionEdits::rename,
                "drop_query_collection", CollectionEdits::drop,
                "add_query_to_collection", CollectionEdits::addQuery,
                "drop_query_from_collection", CollectionEdits::dropQuery,
                "add_collection_to_allowlist", CollectionEdits::allow,
                "drop_collection_from_allowlist", CollectionEdits::disallow,
                "update_scope_of_collection_in_allowlist", CollectionEdits::updateScope,
                "create_rest_endpoint", CollectionEdits::createEndpoint,
                "drop_rest_endpoint", CollectionEdits::dropEndpoint);
    }

    private static Edited create(MetadataDocument document, CommandArgs args) {
        String name = args.text("name");
        requireNew(document, name, "$.args.name");
        JsonNode queries = args.object("definition").path("queries");
        if (!queries.isArray()) {
            throw args.wrong("key \"queries\" not found");
        }
        Set<String> names = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        for (JsonNode query : queries) {
            requireQuery(args, query.path("query"));
            String queryName = query.path("name").asString("");
            if (!names.add(queryName)) {
                twice.add(queryName);
            }
        }
        if (!twice.isEmpty()) {
            throw EngineException.of(
                    "not-supported",
                    "$.args.definition.queries",
                    "found duplicate query names "
                            + twice.stream().map(each -> '"' + each + '"').collect(Collectors.joining(", ")));
        }
        document.list(KIND).add(args.only("name", "definition", "comment"));
        return Edited.among(KIND, name);
    }

    private static Edited rename(MetadataDocument document, CommandArgs args) {
        ObjectNode collection = collection(document, args.text("name"), "$.args");
        String name = args.text("new_name");
        requireNew(document, name, "$.args.new_name");
        collection.put("name", name);
        return Edited.among(KIND, name);
    }

    private static Edited drop(MetadataDocument document, CommandArgs args) {
        String name = args.text("collection");
        ObjectNode collection = collection(document, name, "$.args.collection");
        ObjectNode allowed = allowed(document, name);
        if (allowed != null) {
            if (!args.flag("cascade")) {
                throw EngineException.of(
                        "dependency-error",
                        "$.args.collection",
                        "query collection with name \"" + name
                                + "\" is present in the allowlist; cannot proceed to drop. please use cascade to confirm"
                                + " you wish to drop it from the allowlist as well");
            }
            MetadataDocument.remove(document.list("allowlist"), allowed);
        }
        MetadataDocument.remove(document.list(KIND), collection);
        return Edited.removed(KIND, name);
    }

    private static Edited addQuery(MetadataDocument document, CommandArgs args) {
        String name = args.text("collection_name");
        String query = args.text("query_name");
        requireQuery(args, args.json().path("query"));
        ArrayNode queries = queries(collection(document, name, "$.args"));
        if (MetadataDocument.by(queries, "name", query) != null) {
            throw EngineException.of(
                    "already-exists",
                    "$.args",
                    "query with name \"" + query + "\" already exists in collection \"" + name + "\"");
        }
        queries.addObject().put("name", query).put("query", args.text("query"));
        return Edited.among(KIND, query + " in " + name);
    }

    private static Edited dropQuery(MetadataDocument document, CommandArgs args) {
        String name = args.text("collection_name");
        String query = args.text("query_name");
        ArrayNode queries = queries(collection(document, name, "$.args"));
        MetadataDocument.remove(
                queries,
                MetadataDocument.require(
                        queries,
                        "name",
                        query,
                        () -> EngineException.of(
                                "not-found",
                                "$.args",
                                "query with name \"" + query + "\" not found in collection \"" + name + "\"")));
        return Edited.removed(KIND, query + " in " + name);
    }

    private static Edited allow(MetadataDocument document, CommandArgs args) {
        String name = args.text("collection");
        collection(document, name, "$.args.collection");
        ObjectNode allowed = allowed(document, name);
        if (allowed == null) {
            document.list("allowlist").add(entry(name, args));
        }
        return Edited.among("allowlist", name);
    }

    private static Edited disallow(MetadataDocument document, CommandArgs args) {
        String name = args.text("collection");
        collection(document, name, "$.args.collection");
        MetadataDocument.remove(document.list("allowlist"), requireAllowed(document, name));
        return Edited.removed("allowlist", name);
    }

    private static Edited updateScope(MetadataDocument document, CommandArgs args) {
        String name = args.text("collection");
        collection(document, name, "$.args.collection");
        requireAllowed(document, name).set("scope", args.object("scope"));
        return Edited.among("allowlist", name);
    }

    private static Edited createEndpoint(MetadataDocument document, CommandArgs args) {
        String name = args.text("name");
        args.text("url");
        JsonNode methods = args.json().path("methods");
        if (!methods.isArray() || methods.isEmpty()) {
            throw args.wrong("key \"methods\" not found");
        }
        for (JsonNode method : methods) {
            if (!RestEndpoints.METHODS.contains(method.asString(""))) {
                throw args.wrong("Method " + method.asString("") + " not supported.");
            }
        }
        JsonNode query = args.object("definition").path("query");
        if (!query.path("collection_name").isString()
                || !query.path("query_name").isString()) {
            throw args.wrong("key \"query\" not found");
        }
        ArrayNode endpoints = document.list("rest_endpoints");
        if (MetadataDocument.by(endpoints, "name", name) != null) {
            throw EngineException.of("already-exists", "$.args", "Endpoint with name: " + name + " already exists");
        }
        endpoints.add(args.only("name", "url", "methods", "definition", "comment"));
        return Edited.added("rest_endpoint", name);
    }

    private static Edited dropEndpoint(MetadataDocument document, CommandArgs args) {
        String name = args.text("name");
        ArrayNode endpoints = document.list("rest_endpoints");
        MetadataDocument.remove(
                endpoints,
                MetadataDocument.require(
                        endpoints,
                        "name",
                        name,
                        () -> EngineException.of(
                                "not-exists", "$.args", "endpoint with name: " + name + " does not exist")));
        return Edited.removed("rest_endpoint", name);
    }

    private static void requireNew(MetadataDocument document, String name, String path) {
        if (MetadataDocument.by(document.list(KIND), "name", name) != null) {
            throw EngineException.of(
                    "already-exists", path, "query collection with name \"" + name + "\" already exists");
        }
    }

    /** The engine reads queries while it reads the command. */
    private static void requireQuery(CommandArgs args, JsonNode query) {
        try {
            GraphQlEngine.parse(query.asString(""));
        } catch (EngineException e) {
            throw args.wrong("parsing the graphql query failed");
        }
    }

    private static ObjectNode collection(MetadataDocument document, String name, String path) {
        return MetadataDocument.require(
                document.list(KIND),
                "name",
                name,
                () -> EngineException.of(
                        "not-exists", path, "query collection with name \"" + name + "\" does not exist"));
    }

    private static ArrayNode queries(ObjectNode collection) {
        return MetadataDocument.list(collection.withObjectProperty("definition"), "queries");
    }

    private static @Nullable ObjectNode allowed(MetadataDocument document, String collection) {
        return MetadataDocument.by(document.list("allowlist"), "collection", collection);
    }

    private static ObjectNode requireAllowed(MetadataDocument document, String collection) {
        return MetadataDocument.require(
                document.list("allowlist"),
                "collection",
                collection,
                () -> EngineException.of(
                        "not-found", "$.args", "collection \"" + collection + "\" doesn't exist in the allowlist"));
    }

    private static ObjectNode entry(String collection, CommandArgs args) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("collection", collection);
        entry.set(
                "scope",
                args.json().has("scope")
                        ? args.object("scope")
                        : JsonNodeFactory.instance.objectNode().put("global", true));
        return entry;
    }
}
