package io.github.hasura4j.spring.delivery;

import java.util.concurrent.Callable;

import io.github.hasura4j.spring.AdvisedHandler;
import org.jspecify.annotations.Nullable;

/** Runs handlers in transactions. */
public interface HandlerTransactions {

    /** @throws io.github.hasura4j.spring.dispatch.InvalidHandlerException if the handler would leave the transaction around it */
    void requireJoining(AdvisedHandler handler);

    /** Runs the work in the transaction there is or a new one, which anything thrown rolls back. */
    <T extends @Nullable Object> T run(Callable<T> work) throws Exception;
}
