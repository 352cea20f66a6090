package io.github.hasura4j.client.metadata;

import tools.jackson.databind.node.ObjectNode;

/**
 * SQL, and how to run it. There are no parameters: never put into the text what somebody typed in. Immutable: every method gives
 * another one; {@code toString()} leaves the SQL out.
 */
public final class RunSql {

    private final String sql;
    private final String source;
    private final boolean cascade;
    private final boolean readOnly;
    private final boolean noTransaction;

    private RunSql(String sql, String source, boolean cascade, boolean readOnly, boolean noTransaction) {
        this.sql = sql;
        this.source = source;
        this.cascade = cascade;
        this.readOnly = readOnly;
        this.noTransaction = noTransaction;
    }

    /** SQL for the source {@code default}: one or more statements, in a transaction. */
    public static RunSql of(String sql) {
        return new RunSql(sql, "default", false, false, false);
    }

    /** The same on another source. */
    public RunSql on(String otherSource) {
        return new RunSql(sql, otherSource, cascade, readOnly, noTransaction);
    }

    /** The same, and what depends on what it drops is dropped from the metadata too. */
    public RunSql cascading() {
        return new RunSql(sql, source, true, readOnly, noTransaction);
    }

    /** The same in a transaction that can only read. */
    public RunSql readOnly() {
        return new RunSql(sql, source, cascade, true, noTransaction);
    }

    /** The same without a transaction, as {@code CREATE INDEX CONCURRENTLY} needs it. */
    public RunSql withoutTransaction() {
        return new RunSql(sql, source, cascade, readOnly, true);
    }

    ObjectNode args() {
        ObjectNode args = Json.object()
                .put("sql", sql)
                .put("source", source)
                .put("cascade", cascade)
                .put("read_only", readOnly);
        return noTransaction ? args.put("no_transaction", true) : args; // Older engines do not know it.
    }

    @Override
    public String toString() {
        return "RunSql[source=" + source + ", readOnly=" + readOnly + "]";
    }
}
