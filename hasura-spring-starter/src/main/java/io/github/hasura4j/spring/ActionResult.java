package io.github.hasura4j.spring;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An action's answer with cookies for the client: {@code ActionResult.of(account).cookie(ResponseCookie.from("session",
 * id).httpOnly(true).secure(true).build().toString())}.
 *
 * <p>Cookies are the only headers that the engine passes on, and only for a synchronous action that is called by itself and not in
 * a batch ({@code webhooks.md} 1.4). Immutable: each step answers a new result. {@code toString()} leaves value and cookies out.
 *
 * @param <T> the type of the value
 */
public final class ActionResult<T extends @Nullable Object> {

    private final T value;
    private final List<String> cookies;

    private ActionResult(T value, List<String> cookies) {
        this.value = value;
        this.cookies = cookies;
    }

    /** The value by itself, which is what a handler that returns the value answers. */
    public static <T extends @Nullable Object> ActionResult<T> of(T value) {
        return new ActionResult<>(value, List.of());
    }

    /**
     * The same answer with one more cookie.
     *
     * @param cookie the text of a {@code Set-Cookie} header, as Spring's {@code ResponseCookie.toString()} makes it
     * @throws IllegalArgumentException if it cannot be sent in a header, or does not begin with a name
     */
    public ActionResult<T> cookie(String cookie) {
        boolean sendable = cookie.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (!sendable || cookie.indexOf('=') < 1) {
            throw new IllegalArgumentException(
                    "A cookie is 'name=value; attributes' in printable ASCII, as ResponseCookie.toString() writes it");
        }
        List<String> more = new ArrayList<>(cookies);
        more.add(cookie);
        return new ActionResult<>(value, List.copyOf(more));
    }

    /** The answer's value. */
    public T value() {
        return value;
    }

    /** The texts of the {@code Set-Cookie} headers, in order; not modifiable. */
    public List<String> cookies() {
        return cookies;
    }

    @Override
    public String toString() {
        return "ActionResult[cookies=" + cookies.size() + "]";
    }
}
