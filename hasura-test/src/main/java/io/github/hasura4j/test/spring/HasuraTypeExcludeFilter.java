package io.github.hasura4j.test.spring;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraExceptionHandler;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.WebhookInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import tools.jackson.databind.JacksonModule;

/** Lets handlers in, by their methods, and what the starter looks for beside them. */
final class HasuraTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<HasuraTest> {

    private static final Set<Class<?>> BESIDE_HANDLERS = Set.of(
            HandlerAdvisor.class,
            HandlerArgumentResolver.class,
            WebhookInterceptor.class,
            JacksonComponent.class,
            JacksonModule.class,
            JsonMapperBuilderCustomizer.class,
            ConfigurationProperties.class);

    private static final List<Class<? extends Annotation>> HANDLERS = List.of(
            HasuraAction.class, HasuraEvent.class, HasuraScheduled.class, HasuraValidation.class, HasuraAuthHook.class);

    private final Set<Class<?>> handlers = new LinkedHashSet<>();

    HasuraTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
        getAnnotation().getValue("handlers", Class[].class).ifPresent(given -> {
            for (Class<?> each : given) {
                handlers.add(each);
            }
        });
    }

    @Override
    protected Set<Class<?>> getKnownIncludes() {
        return BESIDE_HANDLERS;
    }

    @Override
    protected Set<Class<?>> getComponentIncludes() {
        return handlers;
    }

    @Override
    protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        if (super.defaultInclude(reader, factory) || has(List.of(HasuraExceptionHandler.class), reader, factory)) {
            return true;
        }
        return handlers.isEmpty() && has(HANDLERS, reader, factory);
    }

    /** Whether the class, or one it comes from, has such methods: handlers may be declared in interfaces. */
    private static boolean has(
            List<Class<? extends Annotation>> annotations, MetadataReader reader, MetadataReaderFactory factory)
            throws IOException {
        AnnotationMetadata type = reader.getAnnotationMetadata();
        if (annotations.stream().anyMatch(each -> type.hasAnnotatedMethods(each.getName()))) {
            return true;
        }
        if (has(annotations, type.getSuperClassName(), factory)) {
            return true;
        }
        for (String each : type.getInterfaceNames()) {
            if (has(annotations, each, factory)) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(
            List<Class<? extends Annotation>> annotations, @Nullable String type, MetadataReaderFactory factory)
            throws IOException {
        return type != null && !type.startsWith("java.") && has(annotations, factory.getMetadataReader(type), factory);
    }
}
