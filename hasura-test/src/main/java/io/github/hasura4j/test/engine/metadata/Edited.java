package io.github.hasura4j.test.engine.metadata;

import io.github.hasura4j.test.InconsistentObject;

/**
 * What an edit of the metadata was about: the engine words its refusals by it.
 *
 * @param type the object's type, as inconsistent objects have it
 * @param name its name; what an inconsistent object's name begins with
 * @param removed whether it is gone now
 */
record Edited(String type, String name, boolean removed) {

    static Edited added(String type, String name) {
        return new Edited(type, name, false);
    }

    static Edited removed(String type, String name) {
        return new Edited(type, name, true);
    }

    /** Whether an inconsistent object is the very one. */
    boolean is(InconsistentObject object) {
        return !removed && object.type().equals(type) && object.name().startsWith(name);
    }
}
