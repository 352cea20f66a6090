package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.client.HasuraHealthIndicator;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The engine's health among the application's, one for each client. */
@AutoConfiguration(after = HasuraClientAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("hasura")
@Conditional(HasuraHealthContributorAutoConfiguration.OnAnyClient.class)
public final class HasuraHealthContributorAutoConfiguration
        extends CompositeHealthContributorConfiguration<HasuraHealthIndicator, HasuraClient> {

    HasuraHealthContributorAutoConfiguration() {
        super(HasuraHealthIndicator::new);
    }

    @Bean
    @ConditionalOnMissingBean(name = {"hasuraHealthIndicator", "hasuraHealthContributor"})
    HealthContributor hasuraHealthContributor(ConfigurableListableBeanFactory beans) {
        return createContributor(beans, HasuraClient.class);
    }

    /** Unlike {@code @ConditionalOnBean}, sees clients too that are no candidates unless somebody names them. */
    static final class OnAnyClient extends SpringBootCondition implements ConfigurationCondition {

        @Override
        public ConfigurationPhase getConfigurationPhase() {
            return ConfigurationPhase.REGISTER_BEAN;
        }

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            ConfigurableListableBeanFactory beans = context.getBeanFactory();
            boolean there = beans != null && beans.getBeanNamesForType(HasuraClient.class, true, false).length > 0;
            return new ConditionOutcome(there, (there ? "found a" : "found no") + " HasuraClient");
        }
    }
}
