package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Lets a bean's method answer a Hasura action.
 *
 * <pre>{@code
 * @HasuraAction
 * LoginResponse login(LoginInput input) {
 *     return accounts.tokenFor(input.username(), input.password());
 * }
 * }</pre>
 *
 * <p>The method takes, in any order, any of
 *
 * <ul>
 *   <li>the whole input, as one record, class or {@code Map}. If the input begins with an argument that has the parameter's name,
 *       a record or class takes that argument instead: {@code f(arg1: SampleInput!)} is {@code f(SampleInput arg1)}, unless the
 *       type has a property of that name;
 *   <li>single arguments by their names, as soon as there is a simple type ({@code String}, a number, a list …) or more than
 *       one parameter for them, or with {@link ActionArgument};
 *   <li>{@code ActionPayload<Input>}, {@code SessionVariables}, {@link HasuraSession}, or one variable with {@link SessionVariable};
 *   <li>{@link SelectedFields}, the output fields that the client asked for;
 *   <li>{@link WebhookHeaders}, one header with {@link WebhookHeader}, or a cookie with {@link WebhookCookie};
 *   <li>a {@code HasuraClient}, where one is configured, with {@link AsCaller} in the caller's name;
 *   <li>what a query answers, with {@link Fetch};
 *   <li>with Spring Security, {@code Authentication}, {@code Principal} and {@code @AuthenticationPrincipal};
 *   <li>whatever a {@link HandlerArgumentResolver} of yours knows.
 * </ul>
 *
 * <p>What it returns is the answer: {@code null}, {@code void} and an empty {@code Optional} are JSON's {@code null}, and an
 * {@link ActionResult} brings cookies along. A single argument that the client may leave out can be a {@code Maybe}, which tells
 * that from null. Input
 * with Bean Validation constraints is validated first, elements of lists and maps too; {@code @Validated} on the parameter, the
 * method or the class chooses groups. To refuse, throw {@link HasuraActionException}; any other exception is
 * a bug of ours to the engine and tells its client nothing.
 *
 * <p>A {@code CompletionStage}, or a reactive type of one value such as {@code Mono}, answers when it completes, in {@code
 * hasura.webhook.async-timeout} at the latest. Return types of controllers ({@code ResponseEntity} …) stop the application at
 * start-up, as do streams of values, two methods for one action, and a parameter that is a bean: inject beans into the constructor.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HasuraAction {

    /** The action's name in the metadata, the method's name if left out; {@code ${…}} placeholders are resolved. */
    @AliasFor("name")
    String value() default "";

    /** The same as {@link #value()}. */
    @AliasFor("value")
    String name() default "";

    // What the metadata says of the action, where code is to decide it. Empty: the metadata alone decides.

    /** What the action is a field of. */
    Type type() default Type.MUTATION;

    /** Whether the client waits for the output, or gets an id at once. */
    Kind[] kind() default {};

    /** Whether the client's own headers are sent along. */
    boolean[] forwardClientHeaders() default {};

    /** How many seconds the engine waits. */
    int timeout() default 0;

    /** The roles, besides admin, that may use it. */
    String[] permissions() default {};

    /** What it does; shown with the schema. */
    String comment() default "";

    /** What an action is a field of. */
    enum Type {
        MUTATION,
        QUERY
    }

    /** When the client gets an action's output. */
    enum Kind {
        SYNCHRONOUS,
        ASYNCHRONOUS
    }
}
