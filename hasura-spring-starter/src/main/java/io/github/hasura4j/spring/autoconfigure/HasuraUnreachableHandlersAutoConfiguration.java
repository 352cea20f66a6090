package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Says so where there are handlers, but no endpoints for the engine: in reactive applications and outside of the web. */
@AutoConfiguration(after = {HasuraWebMvcAutoConfiguration.class, HasuraWebFluxAutoConfiguration.class})
@ConditionalOnMissingBean(name = "hasuraWebhookRoutes")
@ConditionalOnProperty(name = OnWebOrTool.TOOL, havingValue = "false", matchIfMissing = true)
public final class HasuraUnreachableHandlersAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(HasuraUnreachableHandlersAutoConfiguration.class);

    @Bean
    SmartInitializingSingleton hasuraUnreachableHandlersWarning(ConfigurableListableBeanFactory beans) {
        return () -> {
            int handlers = HandlerRegistry.search(beans).size();
            if (handlers > 0) {
                log.warn(
                        "Found {} handler(s) for Hasura, but nothing reaches them: endpoints come with Spring MVC or Spring WebFlux. Add spring-boot-starter-webmvc or spring-boot-starter-webflux, or pass requests to a WebhookDispatcher yourself",
                        handlers);
            }
        };
    }
}
