package io.github.hasura4j.client.metadata;

import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/** How metadata is replaced. Immutable: every method gives new options. */
public final class ReplaceOptions {

    private static final ReplaceOptions STRICT = new ReplaceOptions(false, true, null);

    private final boolean allowInconsistent;
    private final boolean allowWarnings;
    private final @Nullable Long version;

    private ReplaceOptions(boolean allowInconsistent, boolean allowWarnings, @Nullable Long version) {
        this.allowInconsistent = allowInconsistent;
        this.allowWarnings = allowWarnings;
        this.version = version;
    }

    /** Refuses what would be inconsistent, takes warnings, and whatever version is there. */
    public static ReplaceOptions strict() {
        return STRICT;
    }

    /** Takes what is inconsistent too, as {@code hasura metadata apply} does; {@link ReplaceResult} says what that is. */
    public ReplaceOptions allowingInconsistent() {
        return new ReplaceOptions(true, allowWarnings, version);
    }

    /** Refuses what comes with warnings. */
    public ReplaceOptions refusingWarnings() {
        return new ReplaceOptions(allowInconsistent, false, version);
    }

    /** Replaces this version only; a newer one is a {@link MetadataConflictException}. */
    public ReplaceOptions ifVersion(long resourceVersion) {
        return new ReplaceOptions(allowInconsistent, allowWarnings, resourceVersion);
    }

    boolean allowsInconsistent() {
        return allowInconsistent;
    }

    boolean allowsWarnings() {
        return allowWarnings;
    }

    OptionalLong version() {
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    @Override
    public String toString() {
        return "ReplaceOptions[allowInconsistent=" + allowInconsistent + ", allowWarnings=" + allowWarnings
                + ", version=" + version + "]";
    }
}
