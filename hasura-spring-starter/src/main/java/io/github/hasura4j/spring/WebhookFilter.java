package io.github.hasura4j.spring;

/**
 * Decides whether a handler of events or scheduled triggers runs for what the engine sent, before that is decoded: bodies that do not fit
 * the handler's types can be filtered too. Shared by all calls; a {@link HandlerAdvisor} gives it to a handler.
 */
@FunctionalInterface
public interface WebhookFilter {

    /**
     * Whether the call goes on. One that does not is acknowledged; nothing else sees it. What this throws counts as thrown by the
     * handler.
     *
     * @param body as the engine sent it, its secret checked and nothing else. Do not change it
     */
    boolean accepts(byte[] body);
}
