package io.github.hasura4j.spring.autoconfigure;

import io.github.hasura4j.spring.HasuraSessions;
import io.github.hasura4j.spring.security.AccessDenials;
import io.github.hasura4j.spring.security.SecurityArgumentResolver;
import io.github.hasura4j.spring.security.SecurityContextInterceptor;
import io.github.hasura4j.spring.security.SessionAuthentications;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/** Makes the session the {@code Authentication} inside of handlers, where Spring Security is there. */
@AutoConfiguration(after = HasuraSessionAutoConfiguration.class)
@ConditionalOnClass({SecurityContextHolder.class, GrantedAuthorityDefaults.class})
@ConditionalOnBean(HasuraSessions.class)
public final class HasuraSecurityAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SessionAuthentications hasuraSessionAuthentications(
            HasuraSessions sessions, ObjectProvider<GrantedAuthorityDefaults> defaults) {
        GrantedAuthorityDefaults own = defaults.getIfUnique();
        return new SessionAuthentications(sessions, own == null ? "ROLE_" : own.getRolePrefix());
    }

    @Bean
    @ConditionalOnMissingBean
    SecurityContextInterceptor hasuraSecurityContextInterceptor(
            ObjectProvider<SecurityContextHolderStrategy> contexts, SessionAuthentications authentications) {
        return new SecurityContextInterceptor(contexts(contexts), authentications);
    }

    @Bean
    @ConditionalOnMissingBean
    SecurityArgumentResolver hasuraSecurityArgumentResolver(
            ObjectProvider<SecurityContextHolderStrategy> contexts, BeanFactory beans) {
        return new SecurityArgumentResolver(contexts(contexts), new BeanFactoryResolver(beans));
    }

    @Bean
    @Fallback
    @ConditionalOnMissingBean
    AccessDenials hasuraAccessDenials() {
        return new AccessDenials();
    }

    static SecurityContextHolderStrategy contexts(ObjectProvider<SecurityContextHolderStrategy> own) {
        return own.getIfUnique(SecurityContextHolder::getContextHolderStrategy);
    }
}
