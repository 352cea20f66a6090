package org.springframework.clinic;

import io.github.hasura4j.spring.HasuraAction;
import org.springframework.stereotype.Service;

/** In Spring's own name space, but a component. */
@Service
public class AnnotatedClinic {

    @HasuraAction
    void discharge() {}
}
