package io.github.hasura4j.spring.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log what was given up, without the payload: redeliver it by its id. */
public final class LoggingDeadLetterHandler implements DeadLetterHandler {

    private static final Logger log = LoggerFactory.getLogger(LoggingDeadLetterHandler.class);

    @Override
    public void handle(DeadLetter letter, Throwable cause) {
        log.error("Gave up the {} '{}', event {}", letter.kind(), letter.handler(), letter.eventId(), cause);
    }
}
