package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.hasura4j.test.engine.Problems;
import tools.jackson.databind.JsonNode;

/**
 * Roles that are made of other roles. What such a role has no permission of its own for, it has from its parents: rows and columns of
 * all of them, and what only one of them may do or all of them may do alike.
 */
public final class InheritedRoles {

    private static final List<String> PERMISSIONS =
            List.of("insert_permissions", "select_permissions", "update_permissions", "delete_permissions");

    private final Map<String, List<String>> parents = new LinkedHashMap<>();

    private InheritedRoles() {}

    /** Reads the roles of metadata. Those that go in circles, or have parents that nobody knows, are reported and left out. */
    public static InheritedRoles of(JsonNode metadata, Problems problems) {
        InheritedRoles roles = new InheritedRoles();
        Set<String> known = knownRoles(metadata);
        parents(metadata).forEach((role, parentRoles) -> {
            Set<String> missing = new TreeSet<>(parentRoles);
            missing.removeAll(known);
            if (missing.isEmpty()) {
                roles.parents.put(role, parentRoles);
            } else {
                problems.inconsistent(
                        "inherited_role",
                        role,
                        "Inconsistent object: in inherited role " + role
                                + ": the following parent role(s) are not found: " + String.join(", ", missing)
                                + " which are required to construct the inherited role: \"" + role + "\"");
            }
        });
        for (List<String> cycle = cycle(roles.parents); !cycle.isEmpty(); cycle = cycle(roles.parents)) {
            String reason = "Inconsistent object: " + inCircles(cycle);
            new LinkedHashSet<>(cycle).forEach(role -> {
                problems.inconsistent("inherited_role", role, reason);
                roles.parents.remove(role);
            });
        }
        return roles;
    }

    /** The roles of metadata that go in circles, the first of them at the end again; empty if none do. */
    public static List<String> cycle(JsonNode metadata) {
        return cycle(parents(metadata));
    }

    /** The engine's words about roles that go in circles. */
    public static String inCircles(List<String> cycle) {
        return "found cycle(s) in roles: "
                + cycle.stream().map(role -> '"' + role + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private static Map<String, List<String>> parents(JsonNode metadata) {
        Map<String, List<String>> parents = new LinkedHashMap<>();
        metadata.path("inherited_roles").forEach(role -> {
            Set<String> set = new LinkedHashSet<>();
            role.path("role_set").forEach(parent -> set.add(parent.asString("")));
            parents.put(role.path("role_name").asString(""), List.copyOf(set));
        });
        return parents;
    }

    private static Set<String> knownRoles(JsonNode metadata) {
        Set<String> known = new LinkedHashSet<>();
        for (JsonNode source : metadata.path("sources")) {
            for (String kind : PERMISSIONS) {
                source.path("tables").forEach(table -> addRoles(table.path(kind), known));
                source.path("logical_models").forEach(model -> addRoles(model.path(kind), known));
            }
        }
        metadata.path("actions").forEach(action -> addRoles(action.path("permissions"), known));
        metadata.path("remote_schemas").forEach(schema -> addRoles(schema.path("permissions"), known));
        metadata.path("inherited_roles")
                .forEach(role -> known.add(role.path("role_name").asString("")));
        return known;
    }

    private static void addRoles(JsonNode permissions, Set<String> known) {
        permissions.forEach(permission -> known.add(permission.path("role").asString("")));
    }

    private static List<String> cycle(Map<String, List<String>> parents) {
        Map<String, List<String>> left = new LinkedHashMap<>(parents);
        while (left.entrySet().removeIf(role -> Collections.disjoint(role.getValue(), left.keySet()))) {
            // Each round takes those away that rest on nothing but what has gone.
        }
        if (left.isEmpty()) {
            return List.of();
        }
        List<String> walked = new ArrayList<>();
        String role = left.keySet().iterator().next();
        while (!walked.contains(role)) {
            walked.add(role);
            role = left.getOrDefault(role, List.of()).stream()
                    .filter(left::containsKey)
                    .findFirst()
                    .orElseThrow();
        }
        List<String> cycle = new ArrayList<>(walked.subList(walked.indexOf(role), walked.size()));
        cycle.add(role);
        return cycle;
    }

    /** The inherited roles. */
    Set<String> names() {
        return parents.keySet();
    }

    /** The roles that a role is made of; empty for others. */
    List<String> parents(String role) {
        return parents.getOrDefault(role, List.of());
    }

    /** Whether a role, or one that it is made of, has something. */
    boolean any(String role, Predicate<String> has) {
        Set<String> asked = new LinkedHashSet<>(List.of(role));
        List<String> queue = new ArrayList<>(asked);
        for (int i = 0; i < queue.size(); i++) {
            if (has.test(queue.get(i))) {
                return true;
            }
            parents(queue.get(i)).stream().filter(asked::add).forEach(queue::add);
        }
        return false;
    }
}
