package io.github.hasura4j.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;

/** Where handlers are reached over the web, or only looked at by {@code HasuraMetadataTool}. */
final class OnWebOrTool extends AnyNestedCondition {

    /** What the tool sets. */
    static final String TOOL = "hasura.metadata.tool";

    OnWebOrTool() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnWebApplication
    static final class OnWeb {}

    @ConditionalOnProperty(TOOL)
    static final class OnTool {}
}
