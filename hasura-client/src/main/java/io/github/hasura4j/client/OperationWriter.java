package io.github.hasura4j.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.hasura4j.client.OperationPrinter.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Gets the schema that a dynamic call needs, as far as it needs one, and writes the call down. */
final class OperationWriter {

    private final SchemaSource source;
    private final Schemas schemas;
    private final JsonMapper mapper;

    OperationWriter(SchemaSource source, Schemas schemas, JsonMapper mapper) {
        this.source = source;
        this.schemas = schemas;
        this.mapper = mapper;
    }

    OperationWriter forOtherToken() {
        return new OperationWriter(source, schemas.forOtherToken(), mapper);
    }

    /** The schema, asked for if need be; null for a client that does without. */
    @Nullable
    Schema schema(Identity identity) {
        return source.isNone() ? null : schemas.of(identity);
    }

    GraphQlRequest write(Operation operation, Identity identity) {
        boolean needed = operation.hasArgumentsAnywhere() || source.fixed() != null;
        Schema schema = source.isNone() ? null : needed ? schemas.of(identity) : schemas.known(identity);
        if (schema == null) {
            return OperationPrinter.print(operation, null, mapper);
        }
        try {
            return OperationPrinter.print(operation, schema, mapper);
        } catch (HasuraRequestException e) {
            Schema newer = schemas.after(schema, identity);
            if (newer != schema) {
                return OperationPrinter.print(operation, newer, mapper);
            }
            if (!needed) {
                return OperationPrinter.print(operation, null, mapper); // The engine may know more than was known then.
            }
            throw e;
        }
    }

    /** At once where nobody has to be asked. */
    CompletableFuture<GraphQlRequest> writeAsync(Operation operation, Identity identity, Executor executor) {
        Schema known = source.isNone() ? null : schemas.known(identity);
        if (known != null || source.isNone() || !operation.hasArgumentsAnywhere() && source.fixed() == null) {
            try {
                return CompletableFuture.completedFuture(OperationPrinter.print(operation, known, mapper));
            } catch (HasuraRequestException e) {
                // The schema may be too old, which is found out below.
            }
        }
        return CompletableFuture.supplyAsync(() -> write(operation, identity), executor);
    }
}
