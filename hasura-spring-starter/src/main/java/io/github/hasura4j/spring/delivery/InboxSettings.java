package io.github.hasura4j.spring.delivery;

import java.time.Duration;

/**
 * How marks, and the keys of an order, are kept.
 *
 * @param retention how long they are kept
 * @param cleanupInterval how often old ones are looked for
 * @param cleanupBatch how many are forgotten at once
 * @param maxAnswerSize how many characters of JSON an answer may have to be recorded
 */
public record InboxSettings(Duration retention, Duration cleanupInterval, int cleanupBatch, int maxAnswerSize) {

    /** A week; a batch of 500 a minute while more is old; 64 thousand characters. */
    public static InboxSettings defaults() {
        return new InboxSettings(Duration.ofDays(7), Duration.ofMinutes(1), 500, 64 * 1024);
    }
}
