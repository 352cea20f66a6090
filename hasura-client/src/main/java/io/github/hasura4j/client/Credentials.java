package io.github.hasura4j.client;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What proves to the engine who is asking. Suppliers are asked anew for every attempt, as late as possible, so that what was
 * rotated or renewed is noticed; {@code toString()} shows the kind and nothing else. Immutable.
 */
public final class Credentials {

    private static final Credentials NONE = new Credentials("nobody", false, () -> new Proof(Map.of(), null), null);

    private final String shown;
    private final boolean adminSecret;
    private final Supplier<Proof> proofs;
    private final @Nullable TokenSupplier tokens;

    private Credentials(String shown, boolean adminSecret, Supplier<Proof> proofs, @Nullable TokenSupplier tokens) {
        this.shown = shown;
        this.adminSecret = adminSecret;
        this.proofs = proofs;
        this.tokens = tokens;
    }

    /**
     * The headers for one attempt.
     *
     * @param token what they hold of a {@link TokenSupplier}, or {@code null} if they do not
     */
    record Proof(Map<String, String> headers, @Nullable AccessToken token) {}

    /** None at all: the engine takes the caller for its unauthorized role, or for the administrator if nobody secured it. */
    public static Credentials none() {
        return NONE;
    }

    /**
     * The admin secret, as it is.
     *
     * @throws IllegalArgumentException if it is empty or cannot be sent in a header
     */
    public static Credentials adminSecret(String secret) {
        return adminSecret(Identity.constant("The admin secret", secret));
    }

    /** Where to get the admin secret. An empty answer is an {@link IllegalStateException} of that call. */
    public static Credentials adminSecret(Supplier<String> secret) {
        return new Credentials(
                "admin secret ***",
                true,
                () -> new Proof(Map.of(Identity.ADMIN_SECRET, Identity.supplied("The admin secret", secret)), null),
                null);
    }

    /**
     * A token (JWT), as it is.
     *
     * @throws IllegalArgumentException if it is empty or cannot be sent in a header
     */
    public static Credentials bearer(String token) {
        return bearer(Identity.constant("The bearer token", token));
    }

    /** Where to get the token; {@link #bearer(TokenSupplier)} knows more about tokens that end. */
    public static Credentials bearer(Supplier<String> token) {
        return bearer((TokenSupplier) () -> AccessToken.of(Identity.supplied("The bearer token", token)));
    }

    /** Where to get tokens that end; see {@link TokenSupplier#cached}. */
    public static Credentials bearer(TokenSupplier tokens) {
        return new Credentials(
                "token ***",
                false,
                () -> {
                    AccessToken token = tokens.token();
                    return new Proof(Map.of(Identity.AUTHORIZATION, "Bearer " + token.value()), token);
                },
                tokens);
    }

    /**
     * Headers of any kind, for an engine whose auth hook looks at them. The role belongs into {@link HasuraClient#asRole}, the
     * admin secret into {@link #adminSecret(Supplier)}.
     */
    public static Credentials headers(Supplier<Map<String, String>> headers) {
        return new Credentials(
                "headers ***",
                false,
                () -> {
                    Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                    headers.get().forEach((name, value) -> {
                        if (!name.equalsIgnoreCase(Identity.AUTHORIZATION)) {
                            Identity.checkedHeader(name);
                        }
                        checked.put(name.toLowerCase(Locale.ROOT), Identity.checkedValue(name, value));
                    });
                    return new Proof(checked, null);
                },
                null);
    }

    boolean hasAdminSecret() {
        return adminSecret;
    }

    boolean isNone() {
        return this == NONE;
    }

    Proof prove() {
        return proofs.get();
    }

    /** Drops a token that was refused; whether there is another one to try. */
    boolean renew(@Nullable AccessToken refused) {
        if (tokens == null || refused == null) {
            return false;
        }
        tokens.rejected(refused);
        try {
            return !tokens.token().value().equals(refused.value());
        } catch (RuntimeException e) {
            return false; // The engine's refusal says more.
        }
    }

    @Override
    public String toString() {
        return shown;
    }
}
