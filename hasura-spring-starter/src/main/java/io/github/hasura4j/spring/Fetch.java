package io.github.hasura4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Fetches what a handler needs besides what the engine sent, by a query of the class path, before the handler runs:
 *
 * <pre>{@code
 * @HasuraEvent("payment_done")
 * void mail(Payment payment, @Fetch("payment-with-user") PaymentView view) { … }
 * }</pre>
 *
 * <p>{@code graphql/payment-with-user.graphql} (or {@code .gql}) holds one query. Its variables are columns of the row: of the new
 * one, or of the old one for DELETE; for scheduled triggers fields of the payload, for actions of the input. A variable is found
 * under its own name, or else {@code userId} under {@code user_id} and the other way round, and has the very JSON value that the
 * engine sent. One that is not there is not sent, so that its default counts.
 *
 * <p>The parameter gets the single root field, or the whole data if there are several. It may be a record, a class, a {@code List}
 * or a {@code JsonNode}, and it has to be there: where it may be null by then, take an {@code Optional} or say {@code @Nullable}. The
 * data is as of now, not as of the change.
 *
 * <p>The query runs as the client is configured, usually as the administrator, or with {@link AsCaller} in the name of whoever made
 * the call or the change; a {@code @Qualifier} chooses among several clients. Several fetches of a handler run at the same time. A
 * repeat that {@code @Idempotent} stops fetches nothing; in mode {@code TRANSACTION} the handler's transaction is open
 * meanwhile, so give the client a short timeout.
 *
 * <p>Whatever goes wrong is a {@link FetchFailedException}, and the handler does not run. For events and scheduled triggers that
 * means "again", whatever {@code giveUpOn} says.
 *
 * <p>What can be known at start-up stops the application: no such file, no query, a variable that must be given and is no
 * property of the record or class that the handler takes as its row.
 */
@Target({ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Fetch {

    /** The document's name: the path of its file below {@code graphql/}, without the ending. */
    @AliasFor("document")
    String value() default "";

    /** The same as {@link #value()}. */
    @AliasFor("value")
    String document() default "";

    /** Where in the data the value stands, such as {@code payment_by_pk.user}; the single root field if left out. */
    String path() default "";
}
