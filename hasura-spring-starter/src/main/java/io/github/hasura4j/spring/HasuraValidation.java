package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.hasura4j.payload.Operation;
import org.springframework.core.annotation.AliasFor;

/**
 * Lets a bean's method decide whether rows may be inserted, updated or deleted: the webhook of a permission's {@code
 * validate_input}.
 *
 * <pre>{@code
 * @HasuraValidation("insertPost")
 * void check(List<PostInput> rows, SessionVariables who) {
 *     quota.check(who.require("x-hasura-user-id"), rows.size());
 * }
 * }</pre>
 *
 * <p>The body names neither table nor operation, so the URL has to end in the handler's name: {@code
 * {{HANDLER_URL}}/hasura/validations/insertPost}, one for each table and operation.
 *
 * <p>The method takes, in any order, any of
 *
 * <ul>
 *   <li>{@code List<Row>}: the rows of an insert, under their database names, without presets; or the arguments of an update or
 *       delete, one element with {@code where}, {@code pk_columns}, {@code _set} …, and several for {@code update_many};
 *   <li>{@code ValidationPayload<Row>}, {@code SessionVariables}, {@link HasuraSession}, or one variable with {@link
 *       SessionVariable};
 *   <li>{@link WebhookHeaders}, or one header with {@link WebhookHeader};
 *   <li>a {@code HasuraClient}, where one is configured;
 *   <li>with Spring Security, {@code Authentication}, {@code Principal} and {@code @AuthenticationPrincipal};
 *   <li>whatever a {@link HandlerArgumentResolver} of yours knows.
 * </ul>
 *
 * <p>Returning lets the mutation go on. Rows with Bean Validation constraints are validated before the method runs; to refuse
 * yourself, throw {@link HasuraActionException}: the client gets its message, and nothing else, since the engine has no room for
 * more ({@code webhooks.md} 5). One refusal refuses the whole mutation. Administrators are never validated.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface HasuraValidation {

    /** The name at the end of the URL, the method's name if left out; {@code ${…}} placeholders are resolved. */
    @AliasFor("name")
    String value() default "";

    /** The same as {@link #value()}. */
    @AliasFor("value")
    String name() default "";

    // Whose validate_input it is, where code is to decide it. Empty: the metadata alone decides.

    /** The table by its database name, such as {@code shop.orders}; without a dot it is one of the schema {@code public}. */
    String table() default "";

    /** What is validated: one of INSERT, UPDATE and DELETE. */
    Operation[] operation() default {};

    /** The roles whose changes are validated. */
    String[] permissions() default {};
}
