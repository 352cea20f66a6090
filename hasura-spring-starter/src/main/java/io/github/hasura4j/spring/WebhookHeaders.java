package io.github.hasura4j.spring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The headers of the engine's request, by case-insensitive name. Immutable; {@code toString()} shows names only, since values
 * hold secrets.
 */
public final class WebhookHeaders {

    private static final WebhookHeaders NONE = new WebhookHeaders(Map.of());

    private final Map<String, List<String>> values;

    private WebhookHeaders(Map<String, List<String>> values) {
        this.values = values;
    }

    /** No headers at all. */
    public static WebhookHeaders none() {
        return NONE;
    }

    /** One value a name. Of names that differ in case only, all values are kept. */
    public static WebhookHeaders of(Map<String, String> headers) {
        Builder builder = builder();
        headers.forEach(builder::add);
        return builder.build();
    }

    /** Starts without headers. */
    public static Builder builder() {
        return new Builder();
    }

    /** The first value of a header, or null if it is absent. */
    public @Nullable String first(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.get(0);
    }

    /** All values of a header in their order; empty if it is absent. */
    public List<String> all(String name) {
        List<String> all = values.get(name.toLowerCase(Locale.ROOT));
        return all == null ? List.of() : Collections.unmodifiableList(all);
    }

    /** The names that are there, in lower case. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    @Override
    public String toString() {
        return "WebhookHeaders" + values.keySet();
    }

    /** Collects headers; for one thread and one use. */
    public static final class Builder {

        private Map<String, List<String>> values = new LinkedHashMap<>();

        private Builder() {}

        /** One more value of a header. */
        public Builder add(String name, String value) {
            values.computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new ArrayList<>(1))
                    .add(value);
            return this;
        }

        /** More values of a header. */
        public Builder add(String name, List<String> values) {
            values.forEach(value -> add(name, value));
            return this;
        }

        /** The headers collected; the builder is empty afterwards. */
        public WebhookHeaders build() {
            WebhookHeaders headers = values.isEmpty() ? NONE : new WebhookHeaders(values);
            values = new LinkedHashMap<>();
            return headers;
        }
    }
}
