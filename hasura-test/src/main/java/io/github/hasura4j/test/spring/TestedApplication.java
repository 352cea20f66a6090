package io.github.hasura4j.test.spring;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * An application as the engine sees it: there from when its web server listens until just before it stops. Spring may stop and
 * start it again, on another port, while other contexts have their turn.
 */
final class TestedApplication implements SmartLifecycle {

    private final SharedEngine shared;
    private final Environment properties;
    private volatile int port;

    TestedApplication(SharedEngine shared, Environment properties) {
        this.shared = shared;
        this.properties = properties;
    }

    int port() {
        return port;
    }

    /** Makes it the one that the engine calls. */
    void takeTurn() {
        if (isRunning()) {
            shared.call(this);
        }
    }

    void cleanData() {
        shared.cleanData();
    }

    @Override
    public void start() {
        port = properties.getRequiredProperty("local.server.port", Integer.class);
        shared.call(this);
    }

    @Override
    public void stop() {
        shared.leave(this);
        port = 0;
    }

    @Override
    public boolean isRunning() {
        return port > 0;
    }
}
