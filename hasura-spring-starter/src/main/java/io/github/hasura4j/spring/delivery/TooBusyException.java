package io.github.hasura4j.spring.delivery;

import java.time.Duration;

/** There is no room for a delivery. */
final class TooBusyException extends PushedBackException {

    TooBusyException(Duration after) {
        super(after, null);
    }

    @Override
    int status() {
        return 429;
    }
}
