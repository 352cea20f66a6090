/** The engine's WebSocket: begin with {@link io.github.hasura4j.test.engine.socket.SocketFront}. */
@NullMarked
package io.github.hasura4j.test.engine.socket;

import org.jspecify.annotations.NullMarked;
