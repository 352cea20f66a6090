package io.github.hasura4j.spring.metadata;

import java.util.ArrayList;
import java.util.List;

import io.github.hasura4j.spring.metadata.Finding.Rule;
import io.github.hasura4j.spring.metadata.Finding.Severity;

/** What a check has found so far. */
final class Findings {

    private final List<Finding> found = new ArrayList<>();

    void error(Rule rule, String what, String code, String metadata, String change) {
        found.add(new Finding(Severity.ERROR, rule, what, code, metadata, change));
    }

    void warning(Rule rule, String what, String code, String metadata, String change) {
        found.add(new Finding(Severity.WARNING, rule, what, code, metadata, change));
    }

    void add(boolean severe, Rule rule, String what, String code, String metadata, String change) {
        found.add(new Finding(severe ? Severity.ERROR : Severity.WARNING, rule, what, code, metadata, change));
    }

    List<Finding> list() {
        return List.copyOf(found);
    }
}
