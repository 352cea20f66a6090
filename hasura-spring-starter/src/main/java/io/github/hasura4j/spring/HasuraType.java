package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the GraphQL type of an action's input or output, where it is not the one that follows from the Java type.
 *
 * <p>On a class it is the type's name. On a parameter, a record component, a field, a getter, or a method for its return value, it
 * is the scalar used there: {@code @HasuraType("citext") String email}. Lists and null still follow from the Java type.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HasuraType {

    /** The type's name. */
    String value() default "";

    /** The name as an input object, for a class that actions take as well as return: Hasura needs two types then. */
    String input() default "";
}
