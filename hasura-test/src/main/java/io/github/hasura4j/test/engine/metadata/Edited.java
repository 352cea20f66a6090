package io.github.hasura4j.test.engine.metadata;

import io.github.hasura4j.test.InconsistentObject;

/**
 * What an edit of the metadata was about: the engine words its refusals by it.
 *
 * @param type the object's type, as inconsistent objects have it
 * @param name its name; what an inconsistent object's name begins with
 * @param anonymous whether a refusal does not name it: it is gone now, or only one of others that must fit
 */
record Edited(String type, String name, boolean anonymous) {

    static Edited added(String type, String name) {
        return new Edited(type, name, false);
    }

    static Edited removed(String type, String name) {
        return new Edited(type, name, true);
    }

    /** A change that the engine only holds against everything else. */
    static Edited among(String type, String name) {
        return new Edited(type, name, true);
    }

    /** Whether an inconsistent object is the very one. */
    boolean is(InconsistentObject object) {
        return !anonymous && object.type().equals(type) && object.name().startsWith(name);
    }
}
