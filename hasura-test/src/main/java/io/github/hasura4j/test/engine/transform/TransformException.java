package io.github.hasura4j.test.engine.transform;

/** A template that cannot be read, or does not go with what it is given. */
public final class TransformException extends RuntimeException {

    TransformException(String message) {
        super(message);
    }
}
