package io.github.hasura4j.example;

import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** The remote schema: a GraphQL server of our own, which the engine merges into its schema. */
// tag::hello[]
@Controller
class Hello {

    @QueryMapping
    String hello() {
        return "Hello World";
    }
}
// end::hello[]
