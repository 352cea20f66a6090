package io.github.hasura4j.payload;

import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A value that may be left out, which is not the same as null: GraphQL tells the two apart, and so does the engine, for which
 * a column set to null and a column not mentioned are different updates.
 *
 * <pre>{@code
 * record ProfileChange(Maybe<String> nickname, Maybe<String> motto) {}
 *
 * change.nickname().ifGiven(profile::setNickname);      // null clears it, absent leaves it alone
 * }</pre>
 *
 * <p>Immutable. The starter reads it in handlers' inputs and the client writes it in variables; other mappers know nothing of it.
 *
 * @param <T> the value's type
 */
public final class Maybe<T> {

    private static final Maybe<?> ABSENT = new Maybe<>(null);
    private static final Maybe<?> NULL = new Maybe<>(null);

    private final @Nullable T value;

    private Maybe(@Nullable T value) {
        this.value = value;
    }

    /** Nothing was given. */
    @SuppressWarnings("unchecked")
    public static <T> Maybe<T> absent() {
        return (Maybe<T>) ABSENT;
    }

    /** A value was given, which may be null. */
    @SuppressWarnings("unchecked")
    public static <T> Maybe<T> of(@Nullable T value) {
        return value == null ? (Maybe<T>) NULL : new Maybe<>(value);
    }

    /** Whether anything was given, null included. */
    public boolean isGiven() {
        return this != ABSENT;
    }

    /** Whether null was given. */
    public boolean isNull() {
        return this == NULL;
    }

    /**
     * What was given, null included.
     *
     * @throws NoSuchElementException if nothing was
     */
    public @Nullable T get() {
        if (this == ABSENT) {
            throw new NoSuchElementException("Nothing was given. Ask isGiven() first, or use orElse(…)");
        }
        return value;
    }

    /** What was given, null included, or something else if nothing was. */
    public @Nullable T orElse(@Nullable T other) {
        return this == ABSENT ? other : value;
    }

    /** Does something with what was given, null included; nothing if nothing was. */
    public void ifGiven(Consumer<? super @Nullable T> action) {
        if (this != ABSENT) {
            action.accept(value);
        }
    }

    /** The value for whom null and absent are the same. */
    public Optional<T> toOptional() {
        return Optional.ofNullable(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Maybe<?> that
                        && value != null
                        && that.value != null
                        && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return this == ABSENT ? 1 : Objects.hashCode(value);
    }

    /** Says which of the three it is, not the value. */
    @Override
    public String toString() {
        return this == ABSENT ? "Maybe[absent]" : this == NULL ? "Maybe[null]" : "Maybe[given]";
    }
}
