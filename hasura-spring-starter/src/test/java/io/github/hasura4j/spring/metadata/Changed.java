package io.github.hasura4j.spring.metadata;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.spring.ActionArgument;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.delivery.OnlyWhen;
import org.jspecify.annotations.NullMarked;

/** The shop's handlers, each with one change. */
@NullMarked
final class Changed {

    private Changed() {}

    static class NewAction {

        @HasuraAction
        boolean refund(UUID order) {
            return true;
        }
    }

    static class NewTrigger {

        @HasuraEvent
        void orderSent() {}
    }

    static class NewCron {

        @HasuraScheduled(cron = "0 0 * * 0")
        void weekly() {}

        @HasuraScheduled
        void onceOnly() {}
    }

    static class NewCheck {

        @HasuraValidation
        void updateOrder(List<Shop.NewOrder> rows) {}
    }

    static class Mutating {

        @HasuraAction
        Shop.@org.jspecify.annotations.Nullable Status status(
                @ActionArgument("order_id") UUID id, @org.jspecify.annotations.Nullable OffsetDateTime at) {
            return null;
        }
    }

    static class Retyped {

        @HasuraAction(type = HasuraAction.Type.QUERY)
        Shop.@org.jspecify.annotations.Nullable Status status(
                @ActionArgument("order_id") long id, @org.jspecify.annotations.Nullable OffsetDateTime at) {
            return null;
        }
    }

    static class Nullable {

        @HasuraAction(kind = HasuraAction.Kind.ASYNCHRONOUS)
        void forget(@org.jspecify.annotations.Nullable UUID id) {}
    }

    static class Batched {

        @HasuraAction(kind = HasuraAction.Kind.ASYNCHRONOUS)
        void forget(List<UUID> id) {}
    }

    static class OtherTable {

        @HasuraEvent(table = "shop.offers")
        void orderPaid(Shop.PaidOrder order) {}
    }

    static class OtherSource {

        @HasuraEvent(source = "archive")
        void orderPaid(Shop.PaidOrder order) {}
    }

    record CustomerOrder(UUID id, UUID customer) {}

    static class UnsentColumn {

        @HasuraEvent
        void orderPaid(CustomerOrder order) {}
    }

    static class Patient {

        @HasuraEvent(retryConf = @HasuraEvent.RetryConf(timeoutSec = 90))
        void orderPaid() {}
    }

    static class WaitsForInserts {

        @HasuraEvent
        @OnlyWhen(operations = {Operation.INSERT, Operation.UPDATE})
        void orderPaid(Shop.PaidOrder order) {}
    }

    static class WaitsForDeletes {

        @HasuraEvent
        @OnlyWhen(operations = Operation.DELETE)
        void orderPaid(Shop.PaidOrder order) {}
    }

    static class WaitsForHands {

        @HasuraEvent
        @OnlyWhen(changed = "paid")
        @OnlyWhen(operations = Operation.MANUAL)
        void orderPaid(Shop.PaidOrder order) {}
    }

    static class WaitsForTheTotal {

        @HasuraEvent
        @OnlyWhen(changed = {"paid", "total"})
        void orderPaid(Shop.PaidOrder order) {}
    }

    static class Misspelt {

        @HasuraEvent
        @OnlyWhen(changed = "payed", to = "true")
        void orderPaid(Shop.PaidOrder order) {}
    }

    static class WaitsForOffers {

        @HasuraEvent
        @OnlyWhen(table = "shop.offers", changed = "paid")
        void orderPaid(Shop.PaidOrder order) {}
    }

    static class CheckOfOffers {

        @HasuraValidation(table = "shop.offers", operation = Operation.INSERT)
        void insertOrder(List<Shop.NewOrder> rows) {}
    }
}
