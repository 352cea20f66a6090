/**
 * The tutorial, in Java: a {@code login} action, a {@code hello} remote schema, and the {@code newUser} event.
 *
 * <p>Begin with {@link io.github.hasura4j.example.Login} and {@link io.github.hasura4j.example.NewUsers}: two beans, no
 * controller, no URL, no payload class.
 */
@NullMarked
package io.github.hasura4j.example;

import org.jspecify.annotations.NullMarked;
