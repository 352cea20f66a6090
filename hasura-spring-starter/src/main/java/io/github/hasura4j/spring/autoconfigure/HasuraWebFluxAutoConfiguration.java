package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.web.reactive.JsonOnlyWebFilter;
import io.github.hasura4j.spring.web.reactive.WebhookReactiveRoutes;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Endpoints for the engine in a Spring WebFlux application. */
@AutoConfiguration(after = HasuraWebhookAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({DispatcherHandler.class, Scheduler.class})
@ConditionalOnBean(WebhookDispatcher.class)
public final class HasuraWebFluxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "hasuraWebhookRoutes")
    RouterFunction<ServerResponse> hasuraWebhookRoutes(
            WebhookDispatcher dispatcher, HasuraWebhookProperties properties, Environment environment) {
        return WebhookReactiveRoutes.to(dispatcher, WebhookPaths.of(properties), workers(environment));
    }

    @Bean
    @ConditionalOnMissingBean(name = "hasuraJsonOnlyFilter")
    JsonOnlyWebFilter hasuraJsonOnlyFilter(HasuraWebhookProperties properties) {
        return new JsonOnlyWebFilter(WebhookPaths.of(properties).values());
    }

    /** Virtual threads where the application wants them; else Reactor's own pool for work that blocks. */
    private static Scheduler workers(Environment environment) {
        return Threading.VIRTUAL.isActive(environment)
                ? Schedulers.fromExecutor(new VirtualThreadTaskExecutor("hasura-"))
                : Schedulers.boundedElastic();
    }
}
