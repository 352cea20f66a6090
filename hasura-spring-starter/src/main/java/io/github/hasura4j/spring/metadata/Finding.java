package io.github.hasura4j.spring.metadata;

import io.github.hasura4j.spring.dispatch.HandlerMethod;

/**
 * One difference between handlers and metadata.
 *
 * @param severity how bad it is
 * @param rule what is different
 * @param what the difference, in a sentence
 * @param code where in code, {@code com.acme.Login#login}
 * @param metadata where in the metadata, a file and a line where they are known
 * @param change what to change
 */
public record Finding(Severity severity, Rule rule, String what, String code, String metadata, String change) {

    /** How bad a difference is. */
    public enum Severity {
        /** Something is not called, or fails, or says something wrong to clients. */
        ERROR,
        /** All works, but code and metadata do not say the same. */
        WARNING
    }

    /** What is different. More will come: give a {@code switch} a default. */
    public enum Rule {
        /** A handler that nothing in the metadata calls. */
        MISSING,
        /** Something in the metadata that calls a handler that is not there. */
        ORPHANED,
        /** The webhook's URL does not lead to the handler. */
        URL,
        /** The secret is not sent, or stands there for all to read. */
        SECRET,
        /** A query here, a mutation there. */
        OPERATION,
        /** Synchronous here, asynchronous there. */
        KIND,
        /** An argument or field that one side does not have. */
        NAME,
        /** Another type. */
        TYPE,
        /** A list on one side only. */
        LIST,
        /** Null on one side only. */
        NULLABILITY,
        /** A value of an enum that one side does not have. */
        ENUM_VALUE,
        /** Another description or comment. */
        COMMENT,
        /** Another timeout. */
        TIMEOUT,
        /** Client headers are forwarded on one side only. */
        CLIENT_HEADERS,
        /** Other roles. */
        PERMISSIONS,
        /** Another source or table. */
        TABLE,
        /** A trigger fires on other operations. */
        OPERATIONS,
        /** Columns that are not listened to, or not sent. */
        COLUMNS,
        /** May be invoked by hand on one side only. */
        MANUAL,
        /** Other retries. */
        RETRIES,
        /** Another cron text. */
        SCHEDULE
    }

    /** All of it on one line. */
    @Override
    public String toString() {
        return "%s %s: %s. Code: %s. Metadata: %s. %s".formatted(severity, rule, what, code, metadata, change);
    }

    static String code(HandlerMethod handler) {
        return handler.beanType().getName() + "#" + handler.method().getName();
    }
}
