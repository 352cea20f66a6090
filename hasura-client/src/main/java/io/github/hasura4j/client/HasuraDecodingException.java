package io.github.hasura4j.client;

import org.jspecify.annotations.Nullable;

/** The answer does not fit the Java type that was asked for, or has nothing at the path. The engine has done its work. */
public final class HasuraDecodingException extends HasuraException {

    private final String path;
    private final Class<?> wanted;
    private final String found;

    HasuraDecodingException(
            GraphQlRequest request,
            String path,
            Class<?> wanted,
            String found,
            String advice,
            @Nullable Throwable cause) {
        super(
                "The answer to '%s' has %s at %s, which does not make a %s.%s"
                        .formatted(
                                request.shownName(),
                                found,
                                path.isEmpty() ? "data" : "'" + path + "'",
                                wanted.getTypeName(),
                                advice.isEmpty() ? "" : " " + advice),
                cause);
        this.path = path;
        this.wanted = wanted;
        this.found = found;
    }

    /** Where in the answer's data, such as {@code team[3].members[0].id}; empty for the data itself. */
    public String path() {
        return path;
    }

    /** The Java type that was wanted there. */
    public Class<?> wanted() {
        return wanted;
    }

    /** The kind of thing that is there instead, such as {@code null} or {@code text}; never the value. */
    public String found() {
        return found;
    }
}
