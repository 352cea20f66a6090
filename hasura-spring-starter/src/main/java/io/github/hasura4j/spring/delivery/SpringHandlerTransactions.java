package io.github.hasura4j.spring.delivery;

import java.util.ArrayList;
import java.util.List;
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

    private static final String MARK = "mark";

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
            throw new InvalidHandlerException(
                    """
                    %s is @Transactional with propagation %s, so its work would not be in one transaction with its %s. Remove \
                    the propagation""".formatted(handler, propagation, String.join(" and ", partners(handler))));
        }
        if (!own.transactionManager().isEmpty()) {
            List<String> partners = partners(handler);
            throw new InvalidHandlerException("""
                    %s is @Transactional with the transaction manager '%s', but the transaction of its %s is the primary one's. \
                    Remove the name%s""".formatted(
                            handler,
                            own.transactionManager(),
                            String.join(" and ", partners),
                            partners.equals(List.of(MARK)) ? ", or use mode = LEASE" : ""));
        }
    }

    /** What else is in the transaction around the handler. */
    private static List<String> partners(AdvisedHandler handler) {
        List<String> partners = new ArrayList<>();
        Idempotent idempotent = handler.annotation(Idempotent.class);
        if (idempotent != null && idempotent.mode() == Idempotent.Mode.TRANSACTION) {
            partners.add(MARK);
        }
        if (handler.annotation(KeepOrder.class) != null) {
            partners.add("turn");
        }
        if (handler.annotation(PublishAsApplicationEvent.class) != null) {
            partners.add("application events");
        }
        return partners;
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
