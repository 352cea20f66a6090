package io.github.hasura4j.client.metadata;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What became of one command among many. Immutable as far as the answer is; {@code toString()} does not show it. */
public final class CommandResult {

    private final String command;
    private final JsonNode answer;
    private final @Nullable HasuraMetadataException failure;

    private CommandResult(String command, JsonNode answer, @Nullable HasuraMetadataException failure) {
        this.command = command;
        this.answer = answer;
        this.failure = failure;
    }

    /** The engine puts an error in the place of an answer, without a status of its own. */
    static CommandResult of(String command, JsonNode answer) {
        boolean failed = HasuraMetadataException.isError(answer);
        return new CommandResult(command, answer, failed ? HasuraMetadataException.of(command, 400, answer) : null);
    }

    /** The command's type. */
    public String command() {
        return command;
    }

    /** Whether the engine did it. */
    public boolean succeeded() {
        return failure == null;
    }

    /** Why the engine refused it; empty if it did not. */
    public Optional<HasuraMetadataException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * The engine's answer.
     *
     * @throws HasuraMetadataException if it refused the command
     */
    public JsonNode answer() {
        if (failure != null) {
            throw failure;
        }
        return answer;
    }

    @Override
    public String toString() {
        return "CommandResult[" + command + (failure == null ? "" : ", failed with " + failure.code()) + "]";
    }
}
