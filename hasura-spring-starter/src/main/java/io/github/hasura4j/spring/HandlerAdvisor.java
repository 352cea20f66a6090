package io.github.hasura4j.spring;

import org.jspecify.annotations.Nullable;

/**
 * Decides, once for each handler and at start-up, what goes around its calls: beans of this type are asked in the order of {@code
 * @Order}, the first one's interceptor is outermost.
 *
 * <p>A handler that no advisor wants is called as if there were none. What advisors add stands inside of the {@link
 * WebhookInterceptor} beans, which go around every handler, and outside of the handler's arguments and their validation.
 */
public interface HandlerAdvisor {

    /**
     * What goes around the calls of this handler, or null for nothing.
     *
     * @throws io.github.hasura4j.spring.dispatch.InvalidHandlerException if the handler asks for what it cannot have
     */
    default @Nullable WebhookInterceptor interceptor(AdvisedHandler handler) {
        return null;
    }

    /**
     * What keeps calls from this handler before they are decoded, or null if nothing does; all filters of all advisors have to accept.
     * For events and scheduled triggers.
     *
     * @throws io.github.hasura4j.spring.dispatch.InvalidHandlerException if the handler asks for what it cannot have
     */
    default @Nullable WebhookFilter filter(AdvisedHandler handler) {
        return null;
    }

    /** What decides about failed calls of this handler, or null to leave them alone; the first advisor that answers is taken. */
    default @Nullable FailurePolicy failurePolicy(AdvisedHandler handler) {
        return null;
    }
}
