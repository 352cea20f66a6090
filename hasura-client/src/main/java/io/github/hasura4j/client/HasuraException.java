package io.github.hasura4j.client;

import org.jspecify.annotations.Nullable;

/**
 * Something went wrong between this client and the engine; the leaves say what. What this client writes into messages names the
 * operation, never a secret, a variable's value or a row. {@link HasuraGraphQlException} adds what the engine itself says, or an
 * action's handler, and that may quote anything.
 */
public abstract class HasuraException extends RuntimeException {

    protected HasuraException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * The cause without its message, where that would show a row or a variable: Jackson quotes what it could not read, and
     * so do constructors. What is left says which class threw, and where.
     */
    static Throwable withoutMessage(Throwable cause) {
        return new Withheld(cause);
    }

    private static final class Withheld extends RuntimeException {

        Withheld(Throwable original) {
            super(
                    original.getClass().getName() + " (its message is withheld, it may show values)",
                    original.getCause() == null || original.getCause() == original
                            ? null
                            : new Withheld(original.getCause()));
            setStackTrace(original.getStackTrace());
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
