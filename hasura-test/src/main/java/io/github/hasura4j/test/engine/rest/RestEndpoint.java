package io.github.hasura4j.test.engine.rest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import graphql.language.OperationDefinition;
import tools.jackson.databind.JsonNode;

/**
 * A REST endpoint whose query is there.
 *
 * @param name its name
 * @param url its path after {@code /api/rest/}, segments with a colon before them being variables
 * @param methods the methods it answers to
 * @param query the query it runs
 * @param operation the query's one operation
 */
record RestEndpoint(
        String name, String url, List<String> methods, QueryCollections.Query query, OperationDefinition operation) {

    RestEndpoint {
        methods = List.copyOf(methods);
    }

    static List<String> methods(JsonNode endpoint) {
        List<String> methods = new ArrayList<>();
        endpoint.path("methods").forEach(method -> methods.add(method.asString("")));
        return methods;
    }

    static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    static boolean isVariable(String segment) {
        return segment.startsWith(":");
    }

    /** Whether a path is this endpoint's. */
    boolean matches(List<String> path) {
        List<String> segments = segments(url);
        if (segments.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!isVariable(segments.get(i)) && !segments.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether some request would be both endpoints'. */
    boolean clashesWith(RestEndpoint other) {
        List<String> mine = segments(url);
        List<String> others = segments(other.url);
        if (mine.size() != others.size() || methods.stream().noneMatch(other.methods::contains)) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            boolean either = isVariable(mine.get(i)) || isVariable(others.get(i));
            if (!either && !mine.get(i).equals(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    boolean hasEmptySegments() {
        return segments(url).stream().anyMatch(segment -> segment.isEmpty() || segment.equals(":"));
    }

    boolean namesVariablesTwice() {
        Set<String> names = new HashSet<>();
        return segments(url).stream().anyMatch(segment -> isVariable(segment) && !names.add(segment));
    }
}
