package io.github.hasura4j.test.spring.shop;

import org.springframework.stereotype.Service;

/** Not for a slice: it cannot be made there. */
@Service
class NeedsADatabase {

    NeedsADatabase() {
        throw new IllegalStateException("There is no database");
    }
}
