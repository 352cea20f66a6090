package io.github.hasura4j.test.spring;

import java.util.List;
import java.util.function.Consumer;

import io.github.hasura4j.test.engine.EngineException;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an action's client gets: the answer, or an error. */
public final class ActionOutcome {

    private final String action;
    private final JsonMapper mapper;
    private final @Nullable JsonNode json;
    private final List<String> cookies;
    private final @Nullable EngineException error;

    ActionOutcome(
            String action,
            JsonMapper mapper,
            @Nullable JsonNode json,
            List<String> cookies,
            @Nullable EngineException error) {
        this.action = action;
        this.mapper = mapper;
        this.json = json;
        this.cookies = List.copyOf(cookies);
        this.error = error;
    }

    /** Whether there is an answer, and no error. */
    public boolean isOk() {
        return error == null;
    }

    /** Fails if there is an error. */
    public ActionOutcome succeeds() {
        if (error != null) {
            throw new AssertionError(
                    "Expected an answer of action '%s', but its client gets an error with code '%s': %s"
                            .formatted(action, ErrorAssert.code(error), error.getMessage()));
        }
        return this;
    }

    /** The whole answer, whatever the client selects; fails if there is an error. */
    public JsonNode json() {
        succeeds();
        return json == null ? mapper.nullNode() : json;
    }

    /** The answer as a type of yours; fails if there is an error, or the answer does not fit. */
    public <T> T as(Class<T> type) {
        JsonNode answer = json();
        T value = mapper.treeToValue(answer, type);
        if (value == null) {
            throw new AssertionError(
                    "Expected a %s of action '%s', but the answer is null".formatted(type.getSimpleName(), action));
        }
        return value;
    }

    /** Fails if there is an error, or the answer is not as required. */
    public <T> ActionOutcome satisfies(Class<T> type, Consumer<? super T> requirements) {
        requirements.accept(as(type));
        return this;
    }

    /** Fails if the answer is not the same JSON; the order of keys does not matter. */
    public ActionOutcome hasJson(String expected) {
        Assertions.assertThat(json()).as("answer of action '%s'", action).isEqualTo(mapper.readTree(expected));
        return this;
    }

    /** The {@code Set-Cookie} headers that the client gets. */
    public List<String> cookies() {
        return cookies;
    }

    /** Fails if the client gets no such cookie. */
    public ActionOutcome hasCookie(String name) {
        List<String> names =
                cookies.stream().map(each -> each.replaceFirst("=.*", "")).toList();
        Assertions.assertThat(names).as("cookies of action '%s'", action).contains(name);
        return this;
    }

    /** Fails if there is an answer; else the error, to look at. */
    public ErrorAssert hasError() {
        if (error == null) {
            throw new AssertionError("Expected an error of action '%s', but it answered".formatted(action));
        }
        return new ErrorAssert("action '" + action + "'", error);
    }

    /** Leaves the answer out. */
    @Override
    public String toString() {
        return "ActionOutcome[" + action + ", " + (error == null ? "ok" : ErrorAssert.code(error)) + "]";
    }
}
