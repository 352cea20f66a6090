package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a handler's parameter to one variable of the session: {@code @SessionVariable("x-hasura-org-ids") Set<UUID> organisations}.
 *
 * <p>Values are text and are read as Jackson reads a JSON text into the type: {@code UUID}, numbers, {@code boolean}, enums, dates.
 * A {@code List}, {@code Set} or array takes a Postgres array literal ({@code {1,2}}) or a JSON array; absent, it is empty. Anything
 * else that is absent is null for a parameter that is {@code @Nullable}, empty for an {@code Optional}, and otherwise refuses the
 * call with 400 and the variable's name.
 *
 * <p>For the engine's unauthorized role only the role is a fact; see {@code SessionVariables}.
 */
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SessionVariable {

    /** The variable's name, in any case. */
    String value();
}
