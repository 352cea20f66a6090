package io.github.hasura4j.client.metadata;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.hasura4j.client.HasuraTransportException;
import io.github.hasura4j.client.internal.EngineChannel;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and changes what the engine knows: its metadata, and the schedules and events that it keeps.
 *
 * <pre>{@code
 * hasura.metadata().modify(document -> document.withArrayProperty("inherited_roles")
 *         .addObject().put("role_name", "lead").putArray("role_set").add("editor").add("viewer"));
 * }</pre>
 *
 * <p>Every command is sent as the administrator, whatever role or session the client acts as, so the client needs the admin
 * secret: without one all methods but {@link #health()} and {@link #version()} are an {@link IllegalStateException}. A command
 * that the engine refuses is a {@link HasuraMetadataException}; one that got no answer is a {@link HasuraTransportException},
 * and nothing is repeated but in {@link #modify}.
 *
 * <p>After each change the engine closes all its WebSocket connections, so make one change of many, and make none for nothing.
 *
 * <p>Immutable, and any thread may use it.
 */
public interface MetadataClient {

    /** For {@code HasuraClient.metadata()}. */
    static MetadataClient over(EngineChannel channel) {
        return new DefaultMetadataClient(new Commands(channel));
    }

    /** All metadata, and which version of it that is. */
    MetadataExport export();

    /**
     * Puts a document in the place of all metadata, whatever is there, if none of it is inconsistent.
     *
     * <p>Cron triggers that stay the same keep their waiting events; event triggers that are not in the document are dropped, and
     * their waiting events are archived.
     *
     * @param document as {@link MetadataExport#document()} or {@code HasuraProject.metadataDocument()} gives it
     * @throws HasuraMetadataException if something is inconsistent, which {@link HasuraMetadataException#inconsistentObjects()}
     *     names; nothing is changed then
     */
    default ReplaceResult replace(ObjectNode document) {
        return replace(document, ReplaceOptions.strict());
    }

    /**
     * Puts a document in the place of all metadata.
     *
     * @throws MetadataConflictException if the options name a version that is no longer the newest
     */
    ReplaceResult replace(ObjectNode document, ReplaceOptions options);

    /**
     * Changes the metadata without losing anybody else's change: exports it, lets the function change the document, and replaces
     * the metadata if it is still the version that was exported; if not, begins anew, ten times at most, with growing random
     * pauses.
     *
     * @param change changes the document it is given; called once for each attempt, each time with a document of its own
     * @return what the engine says; empty if the function changed nothing, in which case nothing was sent
     * @throws MetadataConflictException if somebody else was faster ten times
     * @throws HasuraMetadataException if something is inconsistent then, also if it was so before
     */
    default Optional<ReplaceResult> modify(Consumer<ObjectNode> change) {
        return modify(change, ReplaceOptions.strict());
    }

    /**
     * The same with options, for an engine that has inconsistent metadata already.
     *
     * @throws IllegalArgumentException if the options name a version
     */
    Optional<ReplaceResult> modify(Consumer<ObjectNode> change, ReplaceOptions options);

    /** What the engine has in its metadata but cannot use, such as a table that is not there; empty if all is well. */
    List<InconsistentObject> inconsistencies();

    /** Removes what is inconsistent from the metadata. */
    void dropInconsistencies();

    /** Reads all databases and remote schemas again, and the environment; gives what is inconsistent then. */
    default List<InconsistentObject> reload() {
        return reload(Reload.everything());
    }

    /** Reads some of it again; gives what is inconsistent then. */
    List<InconsistentObject> reload(Reload what);

    /** Commands about events of event triggers, in the Postgres source {@code default}. */
    default EventTriggers eventTriggers() {
        return eventTriggers("default");
    }

    /** Commands about events of event triggers. */
    EventTriggers eventTriggers(String source);

    /** Commands about cron triggers and one-off events. */
    Schedules schedules();

    /**
     * Sends any command.
     *
     * @param type such as {@code pg_track_table}
     * @param args a map, a record, a {@link JsonNode}; null for a command without arguments
     * @return the engine's answer, such as <code>{"message": "success"}</code>
     */
    default JsonNode call(String type, @Nullable Object args) {
        return call(MetadataCommand.of(type, args));
    }

    /** Sends any command. */
    JsonNode call(MetadataCommand command);

    /** Sends commands that succeed or fail together; gives the engine's answers in order. */
    List<JsonNode> bulk(List<MetadataCommand> commands);

    /**
     * Sends commands that succeed or fail together, and are checked only when all are done. The engine takes relationships,
     * native queries, logical models and stored procedures here, nothing else.
     */
    void bulkAtomic(List<MetadataCommand> commands);

    /** Sends commands of which each may fail by itself; gives what became of them, in order. */
    List<CommandResult> bulkKeepGoing(List<MetadataCommand> commands);

    /**
     * How the engine is. Asks {@code /healthz} without credentials.
     *
     * @throws HasuraTransportException if no engine answers
     */
    EngineHealth health();

    /**
     * Which engine it is. Asks {@code /v1/version} without credentials.
     *
     * @throws HasuraTransportException if no engine answers
     */
    EngineVersion version();

    /**
     * The same with another time for one request: reading a large schema again may take longer than the client's request timeout.
     *
     * @throws IllegalArgumentException if it is no time at all
     */
    MetadataClient withTimeout(Duration timeout);
}
