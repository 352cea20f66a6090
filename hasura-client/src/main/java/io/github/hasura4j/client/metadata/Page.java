package io.github.hasura4j.client.metadata;

import tools.jackson.databind.node.ObjectNode;

/**
 * Which part of a long list.
 *
 * @param limit how many at most
 * @param offset how many to leave out before
 */
public record Page(int limit, int offset) {

    public Page {
        if (limit < 1 || offset < 0) {
            throw new IllegalArgumentException(
                    "A page has at least one element and begins at 0 or later, but limit is %d and offset is %d"
                            .formatted(limit, offset));
        }
    }

    /** The first so many. */
    public static Page first(int limit) {
        return new Page(limit, 0);
    }

    /** The so many after these. */
    public Page next() {
        return new Page(limit, offset + limit);
    }

    ObjectNode addTo(ObjectNode args) {
        return args.put("limit", limit).put("offset", offset);
    }
}
