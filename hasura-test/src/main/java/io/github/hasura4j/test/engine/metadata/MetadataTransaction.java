package io.github.hasura4j.test.engine.metadata;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.hasura4j.test.InconsistentObject;
import io.github.hasura4j.test.engine.EngineException;
import tools.jackson.databind.node.ObjectNode;

/** The changes of one request: all of them are used in the end, or none. */
final class MetadataTransaction {

    private static final Pattern WHERE =
            Pattern.compile("^Inconsistent object: in remote schema permission for role \"[^\"]*\": ");

    private final MetadataLoader loader;
    private final LoadedMetadata before;
    private final long resourceVersion;
    private LoadedMetadata state;

    MetadataTransaction(MetadataLoader loader, long resourceVersion) {
        this.loader = loader;
        this.resourceVersion = resourceVersion;
        this.before = loader.current();
        this.state = before;
    }

    /** The version of the metadata before. */
    long resourceVersion() {
        return resourceVersion;
    }

    /** The metadata as they are by now. */
    LoadedMetadata state() {
        return state;
    }

    /** A copy of the document as it is by now. */
    MetadataDocument copy() {
        return new MetadataDocument(state.document().deepCopy());
    }

    /** Takes metadata whatever is wrong with them. */
    void take(ObjectNode document, boolean introspect) throws SQLException {
        state = loader.prepare(document, introspect);
    }

    /** Goes back to what was there before. */
    void backTo(LoadedMetadata earlier) {
        state = earlier;
    }

    /** Makes an edit, unless something becomes inconsistent by it. */
    void make(Edit edit, CommandArgs args) throws SQLException {
        MetadataDocument copy = copy();
        Edited edited = edit.apply(copy, args);
        LoadedMetadata prepared = loader.prepare(copy.root(), false);
        List<InconsistentObject> added = Inconsistencies.added(state.problems(), prepared.problems());
        if (!added.isEmpty()) {
            throw refusal(edited, added, prepared.document());
        }
        state = prepared;
    }

    private static EngineException refusal(Edited edited, List<InconsistentObject> added, ObjectNode document) {
        List<InconsistentObject> own = added.stream().filter(edited::is).toList();
        EngineException refusal;
        if (!own.isEmpty()) {
            String reasons = own.stream().map(InconsistentObject::reason).collect(Collectors.joining(", "));
            refusal = switch (edited.type()) {
                case "remote_schema" -> EngineException.of("remote-schema-error", "$.args", reasons);
                // Looked at before the metadata are built, so without what says where in them it stands.
                case "remote_schema_permission" ->
                    EngineException.validation("$.args", WHERE.matcher(reasons).replaceFirst(""));
                default -> EngineException.of("invalid-configuration", "$.args", reasons);
            };
        } else if (edited.anonymous()) {
            refusal = EngineException.unexpected("cannot continue due to newly found inconsistent metadata");
        } else {
            refusal = EngineException.of("unexpected", "$.args", "cannot continue due to new inconsistent metadata");
        }
        return refusal.withInternal(Inconsistencies.json(added, document));
    }

    boolean changed() {
        return state != before;
    }

    void use() throws SQLException {
        loader.use(state);
    }
}
