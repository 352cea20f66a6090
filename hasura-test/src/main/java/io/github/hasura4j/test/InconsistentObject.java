package io.github.hasura4j.test;

/**
 * A part of the metadata that cannot work as it stands; the rest goes on without it.
 *
 * @param type what it is, in the engine's words: {@code table}, {@code action}, {@code event_trigger}, {@code remote_schema} …
 * @param name its name
 * @param reason what is wrong
 */
public record InconsistentObject(String type, String name, String reason) {

    @Override
    public String toString() {
        return type + " '" + name + "': " + reason;
    }
}
