package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a parameter of an action's handler to one argument of the action, whatever the parameter's type:
 * {@code signup(params: SignupInput!)} is {@code @ActionArgument("params") SignupInput signup}.
 *
 * <p>Parameters of simple types need it only where their names differ from the arguments'.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ActionArgument {

    /** The argument's name in the GraphQL schema, the parameter's name if left out. */
    String value() default "";
}
