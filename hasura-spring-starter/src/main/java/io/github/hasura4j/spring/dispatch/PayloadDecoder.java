package io.github.hasura4j.spring.dispatch;

/** Turns a body into the payload its handler wants, in one pass. */
@FunctionalInterface
interface PayloadDecoder {

    /**
     * The payload, typed as the handler declares.
     *
     * @param request where the body comes from; its own is read already
     * @throws Refusal if the body does not fit
     */
    Decoded decode(WebhookRequest request, byte[] body);

    /**
     * What a body holds.
     *
     * @param payload the payload
     * @param inputPath the argument whose value is the action's whole input; empty if the input is the object of all arguments
     */
    record Decoded(Object payload, String inputPath) {}
}
