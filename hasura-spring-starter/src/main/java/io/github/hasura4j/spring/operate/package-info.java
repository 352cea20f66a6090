/** Operating the engine from the application: schedules, redelivery, and a remote schema that heals itself. */
@NullMarked
package io.github.hasura4j.spring.operate;

import org.jspecify.annotations.NullMarked;
