package io.github.hasura4j.test;

import org.jspecify.annotations.Nullable;

/** The port that the local engine should listen on is taken. */
public final class LocalHasuraPortInUseException extends LocalHasuraException {

    private final int port;

    public LocalHasuraPortInUseException(int port, @Nullable Throwable cause) {
        super(
                ("Port %d is already in use, so the local engine cannot start. Stop what listens there (another local engine,"
                                + " or a real one), or give the local engine another port")
                        .formatted(port),
                cause);
        this.port = port;
    }

    /** The port that is taken. */
    public int port() {
        return port;
    }
}
