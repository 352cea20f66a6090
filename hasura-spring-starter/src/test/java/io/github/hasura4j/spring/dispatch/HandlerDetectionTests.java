package io.github.hasura4j.spring.dispatch;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.WebhookKind;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.clinic.AnnotatedClinic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.samples.clinic.Clinic;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class HandlerDetectionTests {

    static final AtomicInteger CREATED = new AtomicInteger();

    @BeforeEach
    void nothingIsCreatedYet() {
        CREATED.set(0);
    }

    @Nested
    class Names {

        @Test
        void areTheMethodsUnlessGiven() {
            try (var dispatching = Dispatching.to(Plain.class)) {
                assertThat(dispatching.handlers())
                        .extracting(HandlerMethod::kind, HandlerMethod::name)
                        .containsExactlyInAnyOrder(
                                tuple(WebhookKind.ACTION, "login"),
                                tuple(WebhookKind.ACTION, "sign_up"),
                                tuple(WebhookKind.ACTION, "placeOrder"),
                                tuple(WebhookKind.EVENT, "newUser"),
                                tuple(WebhookKind.EVENT, "user_gone"));
            }
        }

        @Test
        void mayHoldPlaceholders() {
            try (var dispatching = Dispatching.to(Prefixed.class)) {
                dispatching
                        .context()
                        .getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("test", Map.of("stage", "dev")));
                assertThat(dispatching.handlers())
                        .extracting(HandlerMethod::name)
                        .containsExactly("dev_login");
            }
        }

        @Test
        void mayComeFromAnAnnotationOfOnesOwn() {
            try (var dispatching = Dispatching.to(Meta.class)) {
                assertThat(dispatching.handlers())
                        .extracting(HandlerMethod::name)
                        .containsExactlyInAnyOrder("audited", "renamed");
            }
        }

        @Test
        void ofAnActionAndATriggerMayBeTheSame() {
            try (var dispatching = Dispatching.to(SameNameTwoKinds.class)) {
                assertThat(dispatching.handlers()).hasSize(2);
            }
        }
    }

    @Nested
    class GenericBaseTypes {

        @Test
        void areResolvedAgainstTheBeansOwnClass() {
            try (var dispatching = Dispatching.to(Doubling.class)) {
                assertThat(dispatching.action("calculate", "{\"n\": 21}").body())
                        .isEqualTo("{\"n\":42}");
                assertThat(dispatching.action("describe", "{\"n\": 21}").body()).isEqualTo("\"Number\"");
            }
        }
    }

    @Nested
    class TypesThatNameThemselves {

        @Test
        void comeToAnEnd() {
            try (var dispatching = Dispatching.to(Recursive.class)) {
                assertThat(dispatching
                                .action("first", "{\"values\": [\"b\", \"a\"]}")
                                .body())
                        .isEqualTo("\"b\"");
                assertThat(dispatching.handlers()).hasSize(2);
            }
        }
    }

    @Nested
    class Proxies {

        @Test
        void madeOfClassesAreCalledThrough() {
            try (var dispatching = Dispatching.to(ClassProxies.class)) {
                assertThat(dispatching.handlers())
                        .singleElement()
                        .extracting(HandlerMethod::beanType)
                        .isEqualTo(Greeter.class);
                assertThat(dispatching.action("greet", "{\"name\": \"Ada\"}").body())
                        .isEqualTo("\"proxied: hello Ada\"");
            }
        }

        @Test
        void madeOfInterfacesAreCalledThroughWhenTheInterfaceHasTheMethod() {
            try (var dispatching = Dispatching.to(InterfaceProxies.class)) {
                assertThat(dispatching.action("speak", "{\"name\": \"Ada\"}").body())
                        .isEqualTo("\"proxied: good day Ada\"");
            }
        }

        @Test
        void madeByHandAreLookedBehind() {
            try (var dispatching = Dispatching.to(HandMadeProxy.class)) {
                assertThat(dispatching.action("speak", "{\"name\": \"Ada\"}").body())
                        .isEqualTo("\"proxied: good day Ada\"");
            }
        }

        @Test
        void ofScopesAreFoundOnce() {
            try (var dispatching = Dispatching.to(Scoped.class)) {
                assertThat(dispatching.handlers()).hasSize(1);
                assertThat(dispatching.action("number", "{}").body()).isNotEqualTo("0");
            }
        }
    }

    @Nested
    class Beans {

        @Test
        void thatAreLazyAreCreatedByTheFirstCall() {
            try (var dispatching = Dispatching.to(LazyOne.class)) {
                assertThat(dispatching.handlers()).hasSize(1);
                assertThat(CREATED).hasValue(0);

                dispatching.action("late", "{}");
                dispatching.action("late", "{}");
                assertThat(CREATED).hasValue(1);
            }
        }

        @Test
        void thatArePrototypesAreCreatedForEachCall() {
            try (var dispatching = Dispatching.to(Prototype.class)) {
                assertThat(dispatching.handlers()).hasSize(1);
                assertThat(CREATED).hasValue(0);

                dispatching.action("fresh", "{}");
                dispatching.action("fresh", "{}");
                assertThat(CREATED).hasValue(2);
            }
        }
    }

    @Nested
    class BeansOfSpringsNameSpace {

        @Test
        void areSearchedIfTheyAreAnApplications() {
            try (var dispatching = Dispatching.to(Clinic.class, AnnotatedClinic.class)) {
                assertThat(dispatching.handlers())
                        .extracting(HandlerMethod::name)
                        .containsExactlyInAnyOrder("admit", "discharge");
            }
        }
    }

    @Nested
    @ExtendWith(OutputCaptureExtension.class)
    class BeansOfWhichOnlyAnInterfaceIsKnown {

        @Test
        void areToldToTheLog(CapturedOutput output) {
            try (var dispatching = Dispatching.to(LateInterfaces.class)) {
                assertThat(dispatching.handlers())
                        .extracting(HandlerMethod::name)
                        .containsExactly("seen");
                assertThat(output)
                        .contains("Bean 'late' is not created yet, and its @Bean method says no more than that it is a "
                                + Speaker.class.getName())
                        .contains("Bean 'fresh' is not")
                        .doesNotContain("Bean 'clock'")
                        .doesNotContain("Bean 'early'")
                        .doesNotContain("Bean 'seen'");
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LateInterfaces {

        @Bean
        @Lazy
        Speaker late() {
            return new Polite();
        }

        @Bean
        @Scope("prototype")
        Speaker fresh() {
            return new Polite();
        }

        @Bean
        Runnable early() {
            return () -> {};
        }

        @Bean
        @Lazy
        CharSequence clock() {
            return "tick";
        }

        @Bean
        @Lazy
        Seen seen() {
            return () -> "seen";
        }
    }

    interface Seen {

        @HasuraAction
        String seen();
    }

    @Component
    static class Plain {

        @HasuraAction
        void login() {}

        @HasuraAction("sign_up")
        public void signUp() {}

        @HasuraAction(name = "placeOrder")
        protected void place() {}

        @HasuraEvent
        void newUser() {}

        @HasuraEvent(trigger = "user_gone")
        void forget() {}

        void noHandler() {}
    }

    static class Prefixed {

        @HasuraAction("${stage}_login")
        void login() {}
    }

    @HasuraAction
    @Retention(RetentionPolicy.RUNTIME)
    @interface AuditedAction {

        @AliasFor(annotation = HasuraAction.class, attribute = "value")
        String value() default "";
    }

    static class Meta {

        @AuditedAction
        void audited() {}

        @AuditedAction("renamed")
        void other() {}
    }

    static class SameNameTwoKinds {

        @HasuraAction
        void user() {}

        @HasuraEvent("user")
        void userChanged() {}
    }

    record Number(int n) {}

    abstract static class Calculation<T> {

        @HasuraAction
        T calculate(T input) {
            return change(input);
        }

        @HasuraAction
        String describe(ActionPayload<T> payload) {
            return payload.input().getClass().getSimpleName();
        }

        abstract T change(T input);
    }

    static class Doubling extends Calculation<Number> {

        @Override
        Number change(Number input) {
            return new Number(input.n() * 2);
        }
    }

    record Sorted<T extends Comparable<T>>(List<T> values) {}

    static class Recursive {

        @HasuraAction
        Object first(Sorted<?> input) {
            return input.values().get(0);
        }

        @HasuraAction
        @SuppressWarnings("rawtypes")
        Object raw(Sorted input) {
            return input.values();
        }
    }

    static class Greeter {

        @HasuraAction
        String greet(String name) {
            return "hello " + name;
        }
    }

    static final MethodInterceptor PROXIED = invocation -> "proxied: " + invocation.proceed();

    @Configuration(proxyBeanMethods = false)
    static class ClassProxies {

        @Bean
        Greeter greeter() {
            return new Greeter();
        }

        @Bean
        MethodInterceptor proxied() {
            return PROXIED;
        }

        @Bean
        static BeanNameAutoProxyCreator proxies() {
            var proxies = new BeanNameAutoProxyCreator();
            proxies.setBeanNames("greeter");
            proxies.setInterceptorNames("proxied");
            proxies.setProxyTargetClass(true);
            return proxies;
        }
    }

    interface Speaker {

        String speak(String name);
    }

    static class Polite implements Speaker {

        @Override
        @HasuraAction
        public String speak(String name) {
            return "good day " + name;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class InterfaceProxies {

        @Bean
        Polite speaker() {
            return new Polite();
        }

        @Bean
        MethodInterceptor proxied() {
            return PROXIED;
        }

        @Bean
        static BeanNameAutoProxyCreator proxies() {
            var proxies = new BeanNameAutoProxyCreator();
            proxies.setBeanNames("speaker");
            proxies.setInterceptorNames("proxied");
            return proxies;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class HandMadeProxy {

        @Bean
        Speaker speaker() {
            var proxy = new ProxyFactory(new Polite());
            proxy.addAdvice(PROXIED);
            return (Speaker) proxy.getProxy();
        }
    }

    @Component
    @Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class Scoped {

        @HasuraAction
        int number() {
            return System.identityHashCode(this);
        }
    }

    @Component
    @Lazy
    static class LazyOne {

        LazyOne() {
            CREATED.incrementAndGet();
        }

        @HasuraAction
        List<String> late() {
            return List.of();
        }
    }

    @Component
    @Scope("prototype")
    static class Prototype {

        Prototype() {
            CREATED.incrementAndGet();
        }

        @HasuraAction
        void fresh() {}
    }
}
