package io.github.hasura4j.test.spring;

import java.util.List;

/**
 * What the annotation says of the engine; part of what makes contexts differ.
 *
 * @param project the project directory, or empty
 * @param handlerVariables variables that hold the application's base URL, or none
 * @param environment more variables, as {@code NAME=value}
 * @param seeds whether seed files are run
 */
record LocalHasuraSettings(String project, List<String> handlerVariables, List<String> environment, boolean seeds) {

    static LocalHasuraSettings of(AutoConfigureLocalHasura annotation) {
        return new LocalHasuraSettings(
                annotation.project(),
                List.of(annotation.handlerVariables()),
                List.of(annotation.environment()),
                annotation.seeds());
    }

    /** Leaves values out, which may be secrets. */
    @Override
    public String toString() {
        return "LocalHasuraSettings[" + project + "]";
    }
}
