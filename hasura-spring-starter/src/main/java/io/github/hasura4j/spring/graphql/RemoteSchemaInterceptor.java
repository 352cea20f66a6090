package io.github.hasura4j.spring.graphql;

import java.util.List;
import java.util.Map;

import graphql.ExecutionResult;
import graphql.GraphqlErrorBuilder;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HasuraSessions;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.dispatch.TrustedSessions;
import org.springframework.core.Ordered;
import org.springframework.graphql.execution.ErrorType;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import reactor.core.publisher.Mono;

/**
 * Puts the session of a request into the GraphQL context, as {@value #SESSION_VARIABLES} and {@value #HASURA_SESSION}: from its
 * {@code x-hasura-*} headers if it carries the webhook secret, and else an empty one.
 *
 * <p>Where the schema is guarded, it answers whoever has no secret with an error; over HTTP a filter has done so already.
 */
public final class RemoteSchemaInterceptor implements WebGraphQlInterceptor, Ordered {

    /** The key of the {@code SessionVariables} in the GraphQL context. */
    public static final String SESSION_VARIABLES = "sessionVariables";

    /** The key of the {@code HasuraSession} in the GraphQL context. */
    public static final String HASURA_SESSION = "hasuraSession";

    private final TrustedSessions trusted;
    private final HasuraSessions sessions;
    private final boolean guarded;

    /**
     * For a bean.
     *
     * @param trusted knows the secret
     * @param guarded whether to answer only who has it
     */
    public RemoteSchemaInterceptor(TrustedSessions trusted, HasuraSessions sessions, boolean guarded) {
        this.trusted = trusted;
        this.sessions = sessions;
        this.guarded = guarded;
    }

    /** Before all others, which may want to know who is asking. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        WebhookHeaders.Builder headers = WebhookHeaders.builder();
        request.getHeaders().forEach(headers::add);
        SessionVariables sent = trusted.of(headers.build(), request.getRemoteAddress());
        if (sent == null && guarded) {
            return Mono.fromSupplier(() -> refusal(request));
        }
        SessionVariables variables = sent == null ? SessionVariables.empty() : sent;
        Map<String, Object> context = Map.of(SESSION_VARIABLES, variables, HASURA_SESSION, sessions.of(variables));
        request.configureExecutionInput(
                (input, builder) -> builder.graphQLContext(context).build());
        return chain.next(request);
    }

    private static WebGraphQlResponse refusal(WebGraphQlRequest request) {
        return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(
                request.toExecutionInput(),
                ExecutionResult.newExecutionResult()
                        .errors(List.of(GraphqlErrorBuilder.newError()
                                .errorType(ErrorType.UNAUTHORIZED)
                                .message("The webhook secret is missing or wrong")
                                .extensions(Map.of("code", "unauthenticated"))
                                .build()))
                        .build()));
    }
}
