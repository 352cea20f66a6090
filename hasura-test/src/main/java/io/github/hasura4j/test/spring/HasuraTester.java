package io.github.hasura4j.test.spring;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.project.HasuraProject;
import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls handlers as the engine does: real bodies, headers and number forms go through the real dispatcher, and an answer that the
 * engine would not take fails the test in the engine's own words.
 *
 * <p>A {@link HasuraTest} has one to inject; {@link #over} makes one for an application that runs, with the same steps. With a
 * project, names, arguments and answers are held against its metadata. A tester is immutable and safe for use by many threads;
 * the calls that it makes are not.
 */
public final class HasuraTester {

    private final Caller caller;
    private final @Nullable Metadata metadata;
    private final JsonMapper mapper;

    HasuraTester(Caller caller, @Nullable Metadata metadata, JsonMapper mapper) {
        this.caller = caller;
        this.metadata = metadata;
        this.mapper = mapper;
    }

    /**
     * For an application that runs, over HTTP, whose endpoints have the starter's own paths.
     *
     * @param baseUrl where it listens, such as {@code http://localhost:8081}
     * @param secret its {@code hasura.webhook.secret}
     */
    public static HasuraTester over(URI baseUrl, String secret) {
        return new HasuraTester(Caller.over(baseUrl, secret), null, JsonMapper.shared());
    }

    /**
     * The same tester, which holds calls and answers against a project.
     *
     * @param directory the folder with the project's {@code config.yaml}
     */
    public HasuraTester withProject(Path directory) {
        return new HasuraTester(caller, HasuraProject.read(directory).metadata(), mapper);
    }

    /** The same tester, which writes inputs and rows, and reads answers, with this mapper. */
    public HasuraTester withMapper(JsonMapper other) {
        return new HasuraTester(caller, metadata, other);
    }

    /** The same tester for an application that has one of its endpoints at another URL. */
    public HasuraTester withUrl(WebhookKind kind, URI url) {
        return new HasuraTester(caller.withUrl(kind, url.toString()), metadata, mapper);
    }

    /** The same tester for an application that has another secret at one of its endpoints; the auth hook always has. */
    public HasuraTester withSecret(WebhookKind kind, String secret) {
        return new HasuraTester(caller.withSecret(kind, secret), metadata, mapper);
    }

    /**
     * An action, to be called.
     *
     * @param name the action, as the metadata names it
     */
    public ActionCall action(String name) {
        return new ActionCall(this, name);
    }

    /**
     * An event trigger, to be fired.
     *
     * @param trigger the trigger, as the metadata names it
     */
    public EventChange event(String trigger) {
        return new EventChange(this, trigger);
    }

    /**
     * A cron trigger, to be fired.
     *
     * @param name the trigger, as the metadata names it
     */
    public ScheduledCall scheduled(String name) {
        return new ScheduledCall(this, name, true);
    }

    /**
     * A one-off scheduled event, to be fired.
     *
     * @param handler the handler's name, which ends the event's URL
     */
    public ScheduledCall oneOff(String handler) {
        return new ScheduledCall(this, handler, false);
    }

    /**
     * An input validation, to be asked for.
     *
     * @param handler the handler's name, which ends the URL in the permission
     */
    public ValidationCall validation(String handler) {
        return new ValidationCall(this, handler);
    }

    /**
     * The auth hook, to be asked who sends a request.
     *
     * @param headers the client's headers
     */
    public AuthHookCall authHook(Map<String, String> headers) {
        return new AuthHookCall(this, headers);
    }

    Caller caller() {
        return caller;
    }

    @Nullable
    Metadata metadata() {
        return metadata;
    }

    JsonMapper mapper() {
        return mapper;
    }

    /** Fails if there is no such handler, as far as that can be told before calling it. */
    void requireHandler(WebhookKind kind, String name) {
        @Nullable List<String> known = caller.known().apply(kind);
        if (known != null && !known.contains(name)) {
            throw new AssertionError("There is no handler for the %s '%s'. There are handlers for: %s"
                    .formatted(kind, name, known.isEmpty() ? "nothing of this kind" : String.join(", ", known)));
        }
    }

    @Override
    public String toString() {
        return "HasuraTester[" + caller + "]";
    }
}
