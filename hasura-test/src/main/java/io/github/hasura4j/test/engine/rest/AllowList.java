package io.github.hasura4j.test.engine.rest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import graphql.language.AstPrinter;
import graphql.language.AstTransformer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.Node;
import graphql.language.NodeVisitorStub;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import graphql.util.TreeTransformerUtil;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The queries that others than admins may send, where {@code HASURA_GRAPHQL_ENABLE_ALLOWLIST} is set: those of the collections on the
 * list. Neither white space and comments make another query, nor {@code __typename}.
 */
public final class AllowList {

    private final @Nullable Set<String> forAll;
    private final Map<String, Set<String>> byRole = new HashMap<>();

    private AllowList(@Nullable Set<String> forAll) {
        this.forAll = forAll;
    }

    /** No list at all. */
    public static AllowList everything() {
        return new AllowList(null);
    }

    /** Reads the list of metadata. */
    public static AllowList of(JsonNode metadata, QueryCollections collections) {
        Set<String> forAll = new HashSet<>();
        AllowList list = new AllowList(forAll);
        for (JsonNode entry : metadata.path("allowlist")) {
            List<String> queries = new ArrayList<>();
            collections.queries(entry.path("collection").asString("")).forEach(query -> {
                if (query.document() != null) {
                    queries.add(normalized(query.document()));
                }
            });
            if (entry.path("scope").path("global").asBoolean(true)) {
                forAll.addAll(queries);
            } else {
                entry.path("scope")
                        .path("roles")
                        .forEach(role -> list.byRole
                                .computeIfAbsent(role.asString(""), none -> new HashSet<>())
                                .addAll(queries));
            }
        }
        return list;
    }

    /**
     * Lets a query pass.
     *
     * @throws EngineException if it is not on the list
     */
    public void require(Document query, Session session) {
        if (forAll == null || session.admin()) {
            return;
        }
        String normalized = normalized(query);
        if (!forAll.contains(normalized)
                && !byRole.getOrDefault(session.role(), Set.of()).contains(normalized)) {
            throw EngineException.validation("$", "query is not allowed")
                    .withInternal(JsonNodeFactory.instance
                            .objectNode()
                            .put("message", "query is not in any of the allowlists"));
        }
    }

    private static String normalized(Document document) {
        return AstPrinter.printAstCompact(new AstTransformer().transform(document, new NodeVisitorStub() {
            @Override
            @SuppressWarnings("rawtypes")
            public TraversalControl visitField(Field field, TraverserContext<Node> context) {
                return field.getName().equals("__typename")
                        ? TreeTransformerUtil.deleteNode(context)
                        : TraversalControl.CONTINUE;
            }
        }));
    }
}
