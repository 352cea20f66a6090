package io.github.hasura4j.client;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where tokens come from. A client asks for one before each attempt, and says when the engine did not accept it, upon which a
 * fresh one is tried once. Any thread may ask, and may have to wait.
 */
@FunctionalInterface
public interface TokenSupplier {

    /** A token to send now. */
    AccessToken token();

    /** The engine refused this token, so it must not be given again; others may be in use by now. */
    default void rejected(AccessToken token) {}

    /**
     * Keeps the tokens of a source until they expire, are about to, or are refused. However many threads need one, the source
     * is asked by one at a time; while the present token is still good, the others go on with that.
     *
     * @param source asks an identity provider; what it throws is thrown to those who wait, unless the present token is still good
     * @param ahead how long before its end a token is replaced, such as 30 seconds; a token that says no end is kept until refused
     */
    static TokenSupplier cached(Supplier<AccessToken> source, Duration ahead) {
        return new CachedTokens(source, ahead, Clock.systemUTC());
    }
}
