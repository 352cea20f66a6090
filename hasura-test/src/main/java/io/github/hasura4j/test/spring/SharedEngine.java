package io.github.hasura4j.test.spring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.hasura4j.test.InconsistentObject;
import io.github.hasura4j.test.LocalHasura;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine that application contexts take turns with. It stays until the JVM ends. */
final class SharedEngine {

    private static final Logger LOG = LoggerFactory.getLogger(SharedEngine.class);
    private static final Map<EngineDescription, SharedEngine> STARTED = new ConcurrentHashMap<>();

    private final LocalHasura engine;
    private @Nullable TestedApplication current;

    private SharedEngine(LocalHasura engine) {
        this.engine = engine;
        // Nobody is there yet.
        engine.pauseDeliveries();
    }

    /** The engine of this description; started if it is the first time. */
    static SharedEngine of(EngineDescription description) {
        return STARTED.computeIfAbsent(description, each -> new SharedEngine(each.start()));
    }

    LocalHasura engine() {
        return engine;
    }

    /** Calls this application from now on, and nobody else any more. */
    synchronized void call(TestedApplication application) {
        if (application.equals(current)) {
            return;
        }
        if (current != null) {
            engine.pauseDeliveries();
        }
        String place = "localhost:" + application.port();
        engine.connectTo(EngineDescription.APPLICATION, place);
        engine.connectTo("host.docker.internal", place);
        engine.reloadRemoteSchemas();
        for (InconsistentObject each : engine.inconsistentObjects()) {
            LOG.warn("With the application on port {} the metadata are inconsistent: {}", application.port(), each);
        }
        current = application;
        engine.resumeDeliveries();
    }

    /** Cleans the data, without a call to anybody of what is left of earlier tests. */
    synchronized void cleanData() {
        engine.cleanData();
    }

    /** Calls this application no more. */
    synchronized void leave(TestedApplication application) {
        if (application.equals(current)) {
            engine.pauseDeliveries();
            current = null;
        }
    }
}
