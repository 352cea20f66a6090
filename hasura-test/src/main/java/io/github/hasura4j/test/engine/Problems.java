package io.github.hasura4j.test.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.hasura4j.test.InconsistentObject;

/** Collects what is wrong with a project and what of it this engine does not do, while everything else goes on. */
public final class Problems {

    private final Set<InconsistentObject> inconsistent = new LinkedHashSet<>();
    private final Set<String> unsupported = new LinkedHashSet<>();

    public synchronized void inconsistent(String type, String name, String reason) {
        inconsistent.add(new InconsistentObject(type, name, reason));
    }

    public synchronized void unsupported(String what) {
        unsupported.add(what);
    }

    public synchronized List<InconsistentObject> inconsistentObjects() {
        return List.copyOf(inconsistent);
    }

    public synchronized List<String> unsupportedThings() {
        return List.copyOf(unsupported);
    }
}
