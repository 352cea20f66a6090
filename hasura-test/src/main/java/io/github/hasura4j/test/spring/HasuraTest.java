package io.github.hasura4j.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Tests handlers, and starts no more than they need: the application's handlers, argument resolvers, interceptors, advisors and exception
 * handlers, {@code @ConfigurationProperties}, JSON, validation, and the parts of the starter that stand on their own. No database,
 * no web server, no security filters. A {@link HasuraTester} is there to inject, and a webhook secret is set.
 *
 * <p>{@code @OnlyWhen}, {@code @Idempotent}, {@code @Retry}, {@code @KeepOrder} and {@code @PublishAsApplicationEvent} do what they do
 * in production, with marks in memory that each test begins without: a handler that throws leaves none, as if its transaction had
 * been rolled back. An inbox of yours, or of a database that the test adds, takes the place of that one. Limits and the loop guard
 * are not there.
 *
 * <p>What handlers need besides is up to the test, as in other slices: {@code @Import}, {@code @MockitoBean},
 * {@code @TestConfiguration}. Not for what only a whole application shows, such as paths or its security chain: use
 * {@code @SpringBootTest} and {@link HasuraTester#over} for these.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(HasuraTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(HasuraTypeExcludeFilter.class)
@ImportAutoConfiguration
public @interface HasuraTest {

    /** The classes with the handlers to test; all that the application has if left out. */
    @AliasFor("handlers")
    Class<?>[] value() default {};

    /** The classes with the handlers to test; all that the application has if left out. */
    @AliasFor("value")
    Class<?>[] handlers() default {};

    /**
     * The Hasura project to hold calls and answers against, a folder with a {@code config.yaml}. If left out, the property
     * {@code hasura.test.project}, which may be empty to go without, else {@code hasura} where that is a project.
     */
    String project() default "";

    /** Properties of the application, as {@code key=value}. */
    String[] properties() default {};

    /** Whether handlers and what belongs to them are found by themselves. */
    boolean useDefaultFilters() default true;

    /** Components to have besides. */
    Filter[] includeFilters() default {};

    /** Components to leave out. */
    Filter[] excludeFilters() default {};

    /** Auto-configurations to leave out. */
    @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
    Class<?>[] excludeAutoConfiguration() default {};
}
