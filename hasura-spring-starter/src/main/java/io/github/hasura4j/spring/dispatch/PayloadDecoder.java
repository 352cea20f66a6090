package io.github.hasura4j.spring.dispatch;

/** Turns a body into the payload its handler wants, in one pass. */
@FunctionalInterface
interface PayloadDecoder {

    /**
     * The payload, typed as the handler declares.
     *
     * @throws Refusal if the body does not fit
     */
    Object decode(byte[] body);
}
