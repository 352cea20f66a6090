package io.github.hasura4j.spring.delivery;

import java.sql.Connection;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Commits what a store does outside of the handler's transaction. A pool may give connections that do not commit by themselves, and
 * take back what was done on them.
 */
final class OwnTransactions {

    private final DataSource dataSource;
    private final TransactionTemplate own;
    private final boolean commits;

    OwnTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
        this.own = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.commits = autoCommit(new JdbcTemplate(dataSource));
    }

    /** A transaction of some other database would hold nothing of ours, and nobody would notice before a crash. */
    void requireOneAround() {
        // A connection that does not commit by itself says nothing about a transaction; one that is bound to the thread
        // does.
        boolean around = commits
                ? !autoCommit(new JdbcTemplate(dataSource))
                : TransactionSynchronizationManager.hasResource(dataSource);
        if (!around) {
            throw new IllegalStateException("""
                    The transaction around the handler is none of the inbox's DataSource, so work and mark would not be one. \
                    Give the transaction manager and the inbox the same DataSource, or use mode = LEASE""");
        }
    }

    private static boolean autoCommit(JdbcTemplate jdbc) {
        return Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit));
    }

    /** Does it in the transaction of the thread, or else so that it is committed. */
    <T extends @Nullable Object> T committed(Supplier<T> work) {
        return commits || TransactionSynchronizationManager.isActualTransactionActive() ? work.get() : together(work);
    }

    /** Does it in a transaction of its own. */
    @SuppressWarnings("NullAway") // Null only where the work gives it.
    <T extends @Nullable Object> T together(Supplier<T> work) {
        return own.execute(transaction -> work.get());
    }
}
