package io.github.hasura4j.test.engine.schema;

import java.util.regex.Pattern;

/** What GraphQL lets be a name. */
public final class GraphQlNames {

    private static final Pattern NAME = Pattern.compile("(?!__)[_A-Za-z][_0-9A-Za-z]*");

    private GraphQlNames() {}

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
