package io.github.hasura4j.client.internal;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes room for what Postgres may hold: a {@code numeric} has up to 147,455 digits, which is more than Jackson reads by default.
 * The size of the body bounds the work anyway.
 */
public final class ReadLimits {

    private static final int NUMBER_LENGTH = 150_000;
    private static final int NESTING_DEPTH = 1000;

    private ReadLimits() {}

    /** Begins a copy of a mapper with our limits, or its own where they are larger. */
    public static JsonMapper.Builder widen(JsonMapper mapper) {
        JsonFactory factory = mapper.tokenStreamFactory();
        StreamReadConstraints own = factory.streamReadConstraints();
        StreamReadConstraints wide = own.rebuild()
                .maxNumberLength(Math.max(own.getMaxNumberLength(), NUMBER_LENGTH))
                .maxNestingDepth(Math.max(own.getMaxNestingDepth(), NESTING_DEPTH))
                .build();
        return new CopyWithFactory(
                mapper, factory.rebuild().streamReadConstraints(wide).build());
    }

    /** Limits belong to a mapper's factory, which its builder does not let one exchange. */
    private static final class CopyWithFactory extends JsonMapper.Builder {

        CopyWithFactory(JsonMapper mapper, JsonFactory factory) {
            super(new StateImpl(mapper.rebuild()));
            _streamFactory = factory;
        }
    }
}
