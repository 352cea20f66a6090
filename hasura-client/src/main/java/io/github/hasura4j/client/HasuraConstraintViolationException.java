package io.github.hasura4j.client;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A constraint of the database forbids it; nothing of the operation was kept.
 *
 * <pre>{@code
 * catch (HasuraConstraintViolationException e) {
 *     if (e.kind() == Kind.UNIQUE && e.constraint().equals(Optional.of("user_email_key"))) {
 *         return emailTaken();
 *     }
 *     throw e;
 * }
 * }</pre>
 *
 * <p>Kind and name are read from the engine's message: there is no other place.
 */
public final class HasuraConstraintViolationException extends HasuraGraphQlException {

    /** What sort of constraint. */
    public enum Kind {
        /** A primary key or unique index: there is such a row already. */
        UNIQUE("Uniqueness violation."),
        /** A foreign key: the row that is referred to does not exist, or is still referred to. */
        FOREIGN_KEY("Foreign key violation.", "Can not delete or update due to data being referred."),
        /** A column that must have a value. */
        NOT_NULL("Not-NULL violation."),
        /** A {@code CHECK} of the table; not the check of a permission, which is a {@link HasuraPermissionException}. */
        CHECK("Check constraint violation."),
        /** An exclusion constraint, such as overlapping bookings. */
        EXCLUSION("Exclusion violation."),
        /** One that the engine tells in words this client does not know. */
        OTHER;

        private final List<String> openings;

        Kind(String... openings) {
            this.openings = List.of(openings);
        }

        static Kind of(String message) {
            for (Kind kind : values()) {
                if (kind.openings.stream().anyMatch(message::startsWith)) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    // As Postgres says it: 'violates unique constraint "user_name_key"', 'conflicting … violates exclusion constraint
    // "…"'.
    // The last one counts, since a table may be named before it; a quote inside a name is doubled.
    private static final Pattern CONSTRAINT = Pattern.compile("constraint \"((?:[^\"]|\"\"){1,256})\"");
    private static final Pattern COLUMN = Pattern.compile("null value in column \"((?:[^\"]|\"\"){1,256})\"");

    private final Kind kind;
    private final @Nullable String constraint;
    private final @Nullable String column;

    HasuraConstraintViolationException(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer) {
        super(request, errors, answer);
        String message = errors.get(0).message();
        this.kind = Kind.of(message);
        this.constraint = last(CONSTRAINT, message);
        this.column = last(COLUMN, message);
    }

    private static @Nullable String last(Pattern pattern, String message) {
        String found = null;
        for (Matcher matcher = pattern.matcher(message); matcher.find(); ) {
            found = matcher.group(1).replace("\"\"", "\"");
        }
        return found;
    }

    /** What sort of constraint. */
    public Kind kind() {
        return kind;
    }

    /** The constraint's name in the database, such as {@code user_email_key}; a column that must not be null has none. */
    public Optional<String> constraint() {
        return Optional.ofNullable(constraint);
    }

    /** Of {@link Kind#NOT_NULL} the column in the database that got no value; empty for all others. */
    public Optional<String> column() {
        return Optional.ofNullable(column);
    }
}
