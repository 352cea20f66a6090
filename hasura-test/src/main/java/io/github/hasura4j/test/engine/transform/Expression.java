package io.github.hasura4j.test.engine.transform;

import tools.jackson.databind.JsonNode;

/** A piece of a template. */
interface Expression {

    /**
     * What it comes to.
     *
     * @throws TransformException if the scope does not have what it needs
     */
    JsonNode in(Scope scope);
}
