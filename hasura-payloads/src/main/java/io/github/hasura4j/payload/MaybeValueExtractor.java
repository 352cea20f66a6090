package io.github.hasura4j.payload;

import jakarta.validation.valueextraction.ExtractedValue;
import jakarta.validation.valueextraction.ValueExtractor;

/**
 * Lets Bean Validation look into a {@link Maybe}, so that {@code Maybe<@Size(max = 80) String>} says something about the text.
 * What is absent is not validated. Bean Validation finds this by itself.
 */
public final class MaybeValueExtractor implements ValueExtractor<Maybe<@ExtractedValue ?>> {

    /** For Bean Validation. */
    public MaybeValueExtractor() {}

    @Override
    public void extractValues(Maybe<?> original, ValueReceiver receiver) {
        original.ifGiven(value -> receiver.value(null, value));
    }
}
