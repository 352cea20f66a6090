package io.github.hasura4j.spring.delivery;

/** Takes what was given up, since the engine will not deliver it again: a bean of this type replaces the line in the log. */
@FunctionalInterface
public interface DeadLetterHandler {

    /**
     * Keeps the letter. It may come more than once for an event; if this throws, the engine is asked to come again.
     *
     * @param letter what was given up
     * @param cause what was thrown
     */
    void handle(DeadLetter letter, Throwable cause);
}
