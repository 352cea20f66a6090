package io.github.hasura4j.spring.dispatch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Gives every class {@code @JsonIgnoreProperties(ignoreUnknown = true)}. That unknown fields do not fail is a setting of the mapper
 * already; but without the annotation Jackson copies them into a buffer until the last component of a record has come, which for
 * a row of 50 KB and two wanted columns was 140 KB a call.
 */
final class SkippingUnknown extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    private static final JsonIgnoreProperties.Value UNKNOWN = JsonIgnoreProperties.Value.forIgnoreUnknown(true);

    @Override
    public JsonIgnoreProperties.@Nullable Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
        return annotated instanceof AnnotatedClass ? UNKNOWN : null;
    }
}
