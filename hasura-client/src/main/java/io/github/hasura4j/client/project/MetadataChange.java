package io.github.hasura4j.client.project;

/**
 * What becomes of one entry of the metadata. {@code toString()} is a line for people.
 *
 * @param kind what happens to it
 * @param what the entry, such as {@code action 'login'} or {@code event trigger 'newUser' of public.user}
 * @param detail what changes, or why it does not; empty where there is nothing to add
 */
public record MetadataChange(Kind kind, String what, String detail) {

    /** What happens to an entry. */
    public enum Kind {
        /** It is new. */
        ADD,
        /** It is there, and changes. */
        UPDATE,
        /** It is there with our mark, and nobody wants it any more. */
        REMOVE,
        /** It would have to change, but is not ours, or cannot; it stays as it is. */
        CONFLICT
    }

    /** Whether the entry is in the way, and stays as it is. */
    public boolean isConflict() {
        return kind == Kind.CONFLICT;
    }

    @Override
    public String toString() {
        return switch (kind) {
                    case ADD -> "+ ";
                    case UPDATE -> "~ ";
                    case REMOVE -> "- ";
                    case CONFLICT -> "! ";
                }
                + what
                + (detail.isEmpty() ? "" : ": " + detail);
    }
}
