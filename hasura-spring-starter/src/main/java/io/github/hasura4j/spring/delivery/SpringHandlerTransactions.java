package io.github.hasura4j.spring.delivery;

import java.util.concurrent.Callable;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Transactions of Spring's transaction manager, which a handler that is {@code @Transactional} joins. */
public final class SpringHandlerTransactions implements HandlerTransactions {

    private final PlatformTransactionManager manager;

    public SpringHandlerTransactions(PlatformTransactionManager manager) {
        this.manager = manager;
    }

    @Override
    public void requireJoining(AdvisedHandler handler) {
        Transactional own = handler.annotation(Transactional.class);
        if (own == null) {
            own = AnnotatedElementUtils.findMergedAnnotation(handler.beanType(), Transactional.class);
        }
        if (own == null) {
            return;
        }
        Propagation propagation = own.propagation();
        if (propagation != Propagation.REQUIRED
                && propagation != Propagation.SUPPORTS
                && propagation != Propagation.MANDATORY) {
            throw new InvalidHandlerException("""
                    %s is @Transactional with propagation %s, so its work would not be in the transaction of its mark. Remove \
                    the propagation""".formatted(handler, propagation));
        }
        if (!own.transactionManager().isEmpty()) {
            throw new InvalidHandlerException("""
                    %s is @Transactional with the transaction manager '%s', but its mark is kept with the primary one. Remove \
                    the name, or use mode = LEASE""".formatted(handler, own.transactionManager()));
        }
    }

    @Override
    public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
        TransactionStatus transaction = manager.getTransaction(new DefaultTransactionDefinition());
        T result;
        try {
            result = work.call();
        } catch (Throwable e) {
            try {
                manager.rollback(transaction);
            } catch (RuntimeException broken) {
                e.addSuppressed(broken);
            }
            throw e;
        }
        manager.commit(transaction);
        return result;
    }
}
