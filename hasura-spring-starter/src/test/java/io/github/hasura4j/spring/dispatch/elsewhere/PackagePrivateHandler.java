package io.github.hasura4j.spring.dispatch.elsewhere;

import io.github.hasura4j.spring.HasuraAction;

/** A base class whose handler nobody outside of this package can override, not even a proxy. */
public abstract class PackagePrivateHandler {

    @HasuraAction
    void login() {}
}
