package io.github.hasura4j.test.engine.remote;

import graphql.language.FieldDefinition;
import io.github.hasura4j.test.engine.schema.RemoteTypes;
import org.jspecify.annotations.Nullable;

/**
 * A remote schema as one role may use it.
 *
 * @param schema the remote schema's name
 * @param server its types, in the server's names
 * @param names what they are called here
 */
record RemoteView(String schema, ServerTypes server, Customization names) {

    RemoteTypes types() {
        return VisibleTypes.of(schema, server, names);
    }

    /** The server's definition of a field, by the name it has here. */
    @Nullable
    FieldDefinition field(String serverType, String name) {
        return server.field(serverType, names.serverField(serverType, name));
    }
}
