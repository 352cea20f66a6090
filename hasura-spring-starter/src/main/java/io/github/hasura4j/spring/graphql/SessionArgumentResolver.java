package io.github.hasura4j.spring.graphql;

import java.util.Map;

import graphql.schema.DataFetchingEnvironment;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HasuraSession;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.graphql.data.method.HandlerMethodArgumentResolver;

/** Fills {@code HasuraSession} and {@code SessionVariables} parameters of GraphQL controllers from the GraphQL context. */
public final class SessionArgumentResolver implements HandlerMethodArgumentResolver {

    /** By type, the key and what stands for a request that no interceptor of ours has seen. */
    private static final Map<Class<?>, Source> SOURCES = Map.of(
            SessionVariables.class,
            new Source(RemoteSchemaInterceptor.SESSION_VARIABLES, SessionVariables.empty()),
            HasuraSession.class,
            new Source(RemoteSchemaInterceptor.HASURA_SESSION, HasuraSession.of(SessionVariables.empty())));

    private record Source(String key, Object absent) {}

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return SOURCES.containsKey(parameter.getParameterType());
    }

    @Override
    public @Nullable Object resolveArgument(MethodParameter parameter, DataFetchingEnvironment environment) {
        Source source = SOURCES.get(parameter.getParameterType());
        return source == null ? null : environment.getGraphQlContext().getOrDefault(source.key(), source.absent());
    }
}
