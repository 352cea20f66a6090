package io.github.hasura4j.client.metadata;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * A command as the metadata API takes it, for what has no method of its own. Immutable as far as its arguments are;
 * {@code toString()} leaves them out.
 */
public final class MetadataCommand {

    private final String type;
    private final Object args;
    private final @Nullable Integer version;
    private final @Nullable Long resourceVersion;

    private MetadataCommand(String type, Object args, @Nullable Integer version, @Nullable Long resourceVersion) {
        this.type = type;
        this.args = args;
        this.version = version;
        this.resourceVersion = resourceVersion;
    }

    /**
     * A command.
     *
     * @param type such as {@code pg_track_table}
     * @param args anything that is written as JSON; null for none
     * @throws IllegalArgumentException if the type is empty
     */
    public static MetadataCommand of(String type, @Nullable Object args) {
        if (type.isBlank()) {
            throw new IllegalArgumentException("A metadata command needs a type, such as pg_track_table");
        }
        return new MetadataCommand(type, args == null ? Map.of() : args, null, null);
    }

    /** The same in another version of the command; 1 unless said. */
    public MetadataCommand inVersion(int other) {
        return new MetadataCommand(type, args, other, resourceVersion);
    }

    /** The same, but only if the metadata is still this version; not inside of a bulk, whose own version counts. */
    public MetadataCommand ifVersion(long other) {
        return new MetadataCommand(type, args, version, other);
    }

    /** What it is, such as {@code pg_track_table}. */
    public String type() {
        return type;
    }

    Object args() {
        return args;
    }

    OptionalInt version() {
        return version == null ? OptionalInt.empty() : OptionalInt.of(version);
    }

    OptionalLong resourceVersion() {
        return resourceVersion == null ? OptionalLong.empty() : OptionalLong.of(resourceVersion);
    }

    @Override
    public String toString() {
        return "MetadataCommand[" + type + "]";
    }
}
