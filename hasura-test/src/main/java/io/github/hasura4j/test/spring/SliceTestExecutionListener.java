package io.github.hasura4j.test.spring;

import io.github.hasura4j.spring.delivery.InMemoryInboxStore;
import io.github.hasura4j.spring.delivery.InMemoryOrderStore;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Has each test of a slice begin without the marks of the one before; registered in {@code spring.factories}. */
final class SliceTestExecutionListener extends AbstractTestExecutionListener {

    @Override
    public int getOrder() {
        return 2500;
    }

    @Override
    public void beforeTestMethod(TestContext test) {
        if (test.hasApplicationContext()) {
            ApplicationContext context = test.getApplicationContext();
            context.getBeanProvider(InMemoryInboxStore.class).ifAvailable(InMemoryInboxStore::clear);
            context.getBeanProvider(InMemoryOrderStore.class).ifAvailable(InMemoryOrderStore::clear);
            context.getBeanProvider(SliceInboxStore.class).ifAvailable(SliceInboxStore::clear);
            context.getBeanProvider(SliceOrderStore.class).ifAvailable(SliceOrderStore::clear);
        }
    }
}
