package io.github.hasura4j.spring.dispatch;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * All handlers of the application, ready to be called.
 *
 * <p>It searches the beans when it is first asked for anything, once; ask at start-up, so that mistakes show there. Safe for use
 * by many threads.
 */
public final class HandlerRegistry {

    private static final Logger log = LoggerFactory.getLogger(HandlerRegistry.class);

    private final ConfigurableListableBeanFactory beans;
    private final WebhookJson json;
    private final @Nullable BeanValidation validation;
    private final List<HandlerArgumentResolver> resolvers;
    private final List<HandlerAdvisor> advisors;
    private volatile @Nullable Map<WebhookKind, Map<String, Handler>> handlers;

    /** The same without anything around handlers. */
    public HandlerRegistry(
            ConfigurableListableBeanFactory beans,
            JsonMapper mapper,
            @Nullable BeanValidation validation,
            List<HandlerArgumentResolver> resolvers) {
        this(beans, mapper, validation, resolvers, List.of());
    }

    /**
     * Nothing is searched yet.
     *
     * @param beans where to look for handlers
     * @param mapper the application's mapper; payloads are read by one derived from it
     * @param validation validates input, or null if there is none, which handlers with constraints do not accept
     * @param resolvers asked for each parameter in this order, before the built-in ones
     * @param advisors asked for each handler in this order
     */
    public HandlerRegistry(
            ConfigurableListableBeanFactory beans,
            JsonMapper mapper,
            @Nullable BeanValidation validation,
            List<HandlerArgumentResolver> resolvers,
            List<HandlerAdvisor> advisors) {
        this.beans = beans;
        this.json = new WebhookJson(mapper);
        this.validation = validation;
        this.resolvers = List.copyOf(resolvers);
        this.advisors = List.copyOf(advisors);
    }

    /**
     * All handlers, in no particular order.
     *
     * @throws InvalidHandlerException if one of them cannot work
     */
    public List<HandlerMethod> handlers() {
        return byKind().values().stream()
                .flatMap(names -> names.values().stream())
                .map(Handler::method)
                .toList();
    }

    /**
     * What all handlers read and answer, in no particular order.
     *
     * @throws InvalidHandlerException if one of them cannot work
     */
    public List<HandlerSignature> signatures() {
        return byKind().values().stream()
                .flatMap(names -> names.values().stream())
                .map(Handler::signature)
                .toList();
    }

    /** Reads payloads and writes answers. */
    public JsonMapper mapper() {
        return json.mapper();
    }

    /** What the container makes of a text with {@code ${…}} in it. */
    public String resolved(String text) {
        String resolved = beans.resolveEmbeddedValue(text);
        return resolved == null ? text : resolved;
    }

    /**
     * Annotated methods of beans, found without looking whether they can be called.
     *
     * @throws InvalidHandlerException if it is plain that one of them cannot
     */
    public static List<HandlerMethod> search(ConfigurableListableBeanFactory beans) {
        return new HandlerDetector(beans).detect().handlers();
    }

    @Nullable
    Handler find(WebhookKind kind, String name) {
        return names(kind).get(name);
    }

    Map<String, Handler> names(WebhookKind kind) {
        return byKind().getOrDefault(kind, Map.of());
    }

    WebhookJson json() {
        return json;
    }

    private Map<WebhookKind, Map<String, Handler>> byKind() {
        Map<WebhookKind, Map<String, Handler>> known = handlers;
        return known == null ? fill() : known;
    }

    private synchronized Map<WebhookKind, Map<String, Handler>> fill() {
        Map<WebhookKind, Map<String, Handler>> known = handlers;
        if (known != null) {
            return known;
        }
        HandlerFactory factory = new HandlerFactory(beans, json, validation, resolvers, advisors);
        HandlerDetector.Detected detected = new HandlerDetector(beans).detect();
        ExceptionHandlers exceptionHandlers = ExceptionHandlers.of(
                beans,
                detected.exceptionHandlers(),
                detected.handlers().stream().map(HandlerMethod::beanName).collect(Collectors.toSet()));
        Map<WebhookKind, Map<String, Handler>> found = new EnumMap<>(WebhookKind.class);
        for (HandlerMethod method : detected.handlers()) {
            found.computeIfAbsent(method.kind(), any -> new LinkedHashMap<>())
                    .put(method.name(), factory.create(method, exceptionHandlers));
            log.debug("Mapped {} '{}' to {}", method.kind(), method.name(), method);
        }
        handlers = found;
        return found;
    }
}
