package io.github.hasura4j.spring.operate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/** Runs a healer beside the application, from when it is ready; ends with it. */
public final class RemoteSchemaHealing implements ApplicationListener<ApplicationReadyEvent>, SmartLifecycle {

    private final Runnable healer;
    private volatile @Nullable Thread thread;

    public RemoteSchemaHealing(Runnable healer) {
        this.healer = healer;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        Thread started = new Thread(healer, "hasura-remote-schema");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /** It begins when the application is ready, not before. */
    @Override
    public void start() {}

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        Thread running = thread;
        return running != null && running.isAlive();
    }
}
