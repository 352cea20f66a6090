package io.github.hasura4j.test.spring;

import java.util.List;
import java.util.Map;

import io.github.hasura4j.test.spring.shop.Ledger;
import io.github.hasura4j.test.spring.shop.Orders;
import io.github.hasura4j.test.spring.shop.Shipping;
import io.github.hasura4j.test.spring.shop.ShopApplication;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.convention.TestBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HasuraTestTests {

    @Nested
    @HasuraTest
    @ContextConfiguration(classes = ShopApplication.class)
    @Import(Ledger.class)
    class WithAllHandlers {

        @Autowired
        HasuraTester tester;

        @Autowired
        Ledger ledger;

        @Autowired
        ApplicationContext context;

        @Test
        void findsThemAndStartsNothingElse() {
            assertThat(context.getBeansOfType(Orders.class)).hasSize(1);
            assertThat(context.getBeansOfType(Shipping.class)).hasSize(1);
            assertThat(context.containsBean("needsADatabase")).isFalse();
            assertThat(context.getBeansOfType(WebServer.class)).isEmpty();
            assertThat(context.containsBean("hasuraWebhookRoutes")).isFalse();
        }

        @Test
        void deliversToTheRealHandler() {
            ledger.clear();
            assertThat(tester.event("order_paid")
                            .insert(Map.of("id", 1))
                            .asRole("user")
                            .deliver())
                    .succeeded()
                    .times(1);
            assertThat(ledger.entries()).isEqualTo(List.of("INSERT {id=1} by user, retry 0"));
        }
    }

    @Nested
    @HasuraTest(Orders.class)
    @ContextConfiguration(classes = ShopApplication.class)
    class WithSomeHandlers {

        @Autowired
        HasuraTester tester;

        @Autowired
        ApplicationContext context;

        @Test
        void leavesTheOthersOut() {
            assertThat(context.getBeansOfType(Orders.class)).hasSize(1);
            assertThat(context.getBeansOfType(Shipping.class)).isEmpty();
            tester.action("placeOrder").input(Map.of("amount", 2)).execute().succeeds();
        }
    }

    @Nested
    @HasuraTest(handlers = Shipping.class, properties = "hasura.webhook.secret=another-one")
    @ContextConfiguration(classes = ShopApplication.class)
    class WithABeanReplaced {

        @TestBean
        Ledger ledger;

        static Ledger ledger() {
            return new Ledger() {
                @Override
                public void add(String entry) {
                    super.add("replaced");
                }
            };
        }

        @Test
        void takesTheReplacement(@Autowired HasuraTester tester) {
            tester.event("order_paid").insert(Map.of("id", 1)).deliver().succeeds();
            assertThat(ledger.entries()).containsExactly("replaced");
        }
    }

    @Nested
    @HasuraTest(handlers = Orders.class, project = "src/test/resources/shop")
    @ContextConfiguration(classes = ShopApplication.class)
    class WithAProject {

        @Test
        void holdsCallsAgainstIt(@Autowired HasuraTester tester) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> tester.action("failing").execute())
                    .withMessage(
                            "There is no action 'failing' in the project. It has: brokenOrder, placeOrder, signIn");
        }
    }
}
