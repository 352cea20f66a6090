package io.github.hasura4j.spring.delivery;

/** Lets some calls through and not others. Safe for many threads. */
interface Gate {

    /** Lets a call through at once and gives 0, or gives the nanoseconds before which there is no use in coming again. */
    long tryEnter();

    /** Lets a call through, within this time or not at all. */
    boolean enter(long nanos) throws InterruptedException;

    /** A call that went through has ended. */
    void leave();

    /** A call that went through did not happen after all. */
    void giveBack();
}
