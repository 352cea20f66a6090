package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import io.github.hasura4j.client.DocumentCall;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.HasuraDecodingException;
import io.github.hasura4j.spring.FetchFailedException;
import io.github.hasura4j.spring.HandlerArgumentResolver.Argument;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.dispatch.FetchDocument.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/** What a query answers, asked for each call. */
final class FetchArgument implements Argument {

    private final String name;
    private final FetchDocument document;
    private final String path;
    private final HasuraClient client;
    private final boolean asCaller;
    private final WebhookJson json;
    private final Shape shape;
    private final TypeReference<Object> type;

    FetchArgument(
            String name,
            FetchDocument document,
            String path,
            HasuraClient client,
            boolean asCaller,
            HandlerParameter parameter,
            WebhookJson json) {
        this.name = name;
        this.document = document;
        this.path = path.isEmpty() ? document.path() : path;
        this.client = client;
        this.asCaller = asCaller;
        this.json = json;
        this.shape = Shape.of(parameter);
        ResolvableType own = parameter.type();
        this.type = new Known(json.type(shape == Shape.OPTIONAL || shape == Shape.LIST ? own.getGeneric(0) : own));
    }

    /** How a parameter takes its value. */
    private enum Shape {
        VALUE,
        NULLABLE,
        OPTIONAL,
        LIST;

        static Shape of(HandlerParameter parameter) {
            Class<?> raw = parameter.rawType();
            if (raw == Optional.class) {
                return OPTIONAL;
            }
            if (raw != Object.class && raw.isAssignableFrom(List.class)) {
                return LIST;
            }
            return parameter.parameter().isOptional() ? NULLABLE : VALUE;
        }
    }

    /** A type that is known when the application runs. */
    private static final class Known extends TypeReference<Object> {

        private final JavaType type;

        Known(JavaType type) {
            this.type = type;
        }

        @Override
        public Type getType() {
            return type;
        }
    }

    /**
     * Refuses a variable that must be given and that the handler's own types do not know; where they know everything, as a map
     * does, it is left to the call.
     *
     * @throws InvalidHandlerException if there is one
     */
    void requireVariables(HandlerMethod handler, List<PayloadBinding.Part> parts) {
        List<JavaType> types = parts.stream()
                .map(PayloadBinding.Part::type)
                .filter(each -> !each.hasRawClass(Void.class))
                .distinct()
                .toList();
        if (types.isEmpty()) {
            return;
        }
        for (Variable variable : document.variables()) {
            List<String> spellings = SentValues.spellings(variable.name());
            if (variable.required()
                    && types.stream()
                            .allMatch(type -> spellings.stream().allMatch(key -> json.isObjectWithout(type, key)))) {
                throw new InvalidHandlerException("""
                        %s: @Fetch("%s") needs its variable $%s, but %s has no property %s. Add it there, or name the variable \
                        like a column that is sent""".formatted(
                                handler,
                                name,
                                variable.name(),
                                types.get(0).getRawClass().getSimpleName(),
                                String.join(" or ", spellings)));
            }
        }
    }

    @Override
    public @Nullable Object value(WebhookCall call) {
        return attempt(() -> {
            DocumentCall query = query((DefaultWebhookCall) call);
            return switch (shape) {
                case VALUE -> query.fetch(path, type);
                case NULLABLE -> query.fetchOptional(path, type).orElse(null);
                case OPTIONAL -> query.fetchOptional(path, type);
                case LIST -> query.fetchList(path, type);
            };
        });
    }

    /** Sends the query and does not wait; the argument waits for the answer. */
    Argument begin(DefaultWebhookCall call) {
        CompletableFuture<? extends @Nullable Object> answer = attempt(() -> {
            DocumentCall query = query(call);
            return switch (shape) {
                case VALUE -> query.fetchAsync(path, type);
                case NULLABLE -> query.fetchOptionalAsync(path, type).thenApply(value -> value.orElse(null));
                case OPTIONAL -> query.fetchOptionalAsync(path, type);
                case LIST -> query.fetchListAsync(path, type);
            };
        });
        return any -> await(answer);
    }

    private <T extends @Nullable Object> T attempt(Supplier<T> work) {
        try {
            return work.get();
        } catch (FetchFailedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private DocumentCall query(DefaultWebhookCall call) {
        DocumentCall query = clientFor(call).document(document.text());
        addVariables(query, SentValues.of(call, json));
        return query;
    }

    private HasuraClient clientFor(DefaultWebhookCall call) {
        if (!asCaller) {
            return client;
        }
        if (call.sessionVariables().role().isEmpty()) {
            throw new FetchFailedException("""
                    @Fetch("%s") has no caller to act as: the change was made outside of the engine, or a transform dropped the \
                    session. Remove @AsCaller where such changes are to be handled""".formatted(name), null);
        }
        return client.as(call.sessionVariables());
    }

    private void addVariables(DocumentCall query, SentValues values) {
        for (Variable variable : document.variables()) {
            JsonNode value = values.find(variable.name());
            if (value != null && !(value.isNull() && variable.nonNull())) {
                query.variable(variable.name(), value);
            } else if (variable.required()) {
                throw new FetchFailedException(
                        """
                        @Fetch("%s") needs its variable $%s, but what the engine sent has no %s, or null. Name the variable like \
                        a column that is sent, or add the column to the trigger""".formatted(
                                name, variable.name(), String.join(" or ", SentValues.spellings(variable.name()))),
                        null);
            }
        }
    }

    private @Nullable Object await(CompletableFuture<? extends @Nullable Object> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(e);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Without the cause's own message, which may quote what the engine says. */
    private FetchFailedException failed(Throwable cause) {
        return new FetchFailedException(
                "@Fetch(\"%s\") failed with a %s%s"
                        .formatted(
                                name,
                                cause.getClass().getSimpleName(),
                                cause instanceof HasuraDecodingException
                                        ? ": where the answer may be null by then, take an Optional"
                                        : ""),
                cause);
    }
}
