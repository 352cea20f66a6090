package io.github.hasura4j.client;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.github.hasura4j.client.internal.MaybeModule;
import io.github.hasura4j.client.internal.ReadLimits;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Makes of the user's mapper one that reads and writes what the engine does, down to the last digit. */
final class Mappers {

    private Mappers() {}

    /** @param scalars the user's codecs, which come before anything else */
    static JsonMapper exact(JsonMapper user, boolean bigNumbersAsText, List<JacksonModule> scalars) {
        return ReadLimits.widen(user)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                // A value is read out of the middle of an answer: Jackson 3 would take the rest for an accident.
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                // Numbers come as text where the engine is told so, and some always do.
                .enable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                // The engine takes times as text only.
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                // A null in a map of columns sets the column to null; left out, it would stay as it is.
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withContentInclusion(Include.ALWAYS))
                .addModule(new MaybeModule())
                .addModule(new PostgresModule(bigNumbersAsText))
                .addModules(scalars)
                .build();
    }
}
