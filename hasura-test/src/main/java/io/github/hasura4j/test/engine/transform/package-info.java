/**
 * Request and response transforms; begin with {@link io.github.hasura4j.test.engine.transform.RequestTransform}. Their templates are
 * in Kriti, a language of JSON with holes.
 */
@NullMarked
package io.github.hasura4j.test.engine.transform;

import org.jspecify.annotations.NullMarked;
