package org.springframework.samples.clinic;

import io.github.hasura4j.spring.HasuraAction;

/** In the package of Spring's sample applications, which are applications all the same. */
public class Clinic {

    @HasuraAction
    void admit() {}
}
