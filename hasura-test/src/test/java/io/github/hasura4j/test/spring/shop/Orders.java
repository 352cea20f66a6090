package io.github.hasura4j.test.spring.shop;

import java.math.BigDecimal;
import java.util.Map;

import io.github.hasura4j.spring.ActionResult;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraExceptionHandler;
import io.github.hasura4j.spring.HasuraSession;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
public class Orders {

    public record Order(@Nullable String id, int amount, String currency) {}

    private final ShopProperties properties;

    Orders(ShopProperties properties) {
        this.properties = properties;
    }

    @HasuraAction
    Order placeOrder(@Positive int amount, HasuraSession who) {
        if (amount > 1000) {
            throw HasuraActionException.of("too-much", "No more than 1000");
        }
        return new Order(who.userId().orElse("nobody"), amount, properties.currency());
    }

    @HasuraAction
    ActionResult<Map<String, String>> signIn(String name) {
        return ActionResult.of(Map.of("name", name)).cookie("session=abc; HttpOnly");
    }

    @HasuraAction
    @Nullable
    Order brokenOrder() {
        return new Order(null, 1, properties.currency());
    }

    @HasuraAction
    BigDecimal failing() {
        throw new IllegalStateException("a bug");
    }

    @HasuraExceptionHandler
    HasuraActionException on(ArithmeticException e) {
        return HasuraActionException.of("arithmetic", "Not with these numbers");
    }
}
