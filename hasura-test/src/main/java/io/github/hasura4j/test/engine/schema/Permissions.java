package io.github.hasura4j.test.engine.schema;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The permissions of one kind to change a table: those that the metadata give, and those that inherited roles have from their parents.
 *
 * @param <P> the permission's type
 */
final class Permissions<P> {

    private final Map<String, P> given;
    private final Function<P, Object> essence;
    private final InheritedRoles roles;
    private final Map<String, Inherited<P>> inherited = new ConcurrentHashMap<>();

    /**
     * What a role has from its parents.
     *
     * @param permission the permission; null for none
     * @param conflicting whether the parents do not agree, so that there is none
     */
    private record Inherited<P>(@Nullable P permission, boolean conflicting) {}

    /**
     * Takes the permissions of the metadata.
     *
     * @param essence what has to be equal for two roles to have the same permission
     */
    Permissions(List<P> given, Function<P, String> roleOf, Function<P, Object> essence, InheritedRoles roles) {
        this.given = given.stream().collect(Collectors.toMap(roleOf, Function.identity(), (first, second) -> first));
        this.essence = essence;
        this.roles = roles;
    }

    /** The role's own permission, or else the one that all those of its parents are that have one; null for none. */
    @Nullable
    P of(String role) {
        P own = given.get(role);
        return own != null ? own : inherited(role).permission();
    }

    /** Whether a role gets nothing since its parents have different permissions. */
    boolean conflict(String role) {
        return !given.containsKey(role) && inherited(role).conflicting();
    }

    private Inherited<P> inherited(String role) {
        Inherited<P> known = inherited.get(role);
        if (known == null) {
            List<P> ofParents = roles.parents(role).stream()
                    .map(this::of)
                    .filter(Objects::nonNull)
                    .toList();
            Set<Object> different = ofParents.stream().map(essence).collect(Collectors.toSet());
            known = new Inherited<>(different.size() == 1 ? ofParents.get(0) : null, different.size() > 1);
            inherited.put(role, known);
        }
        return known;
    }
}
