package io.github.hasura4j.spring.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.spring.ActionArgument;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.BeanValidation;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import jakarta.validation.Validation;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** A shop's handlers, and the project directory that fits them. */
@NullMarked
final class Shop {

    static final String ACTIONS_GRAPHQL = """
            type Mutation {
              placeOrder(
                note: String
                lines: [Line!]!
                priority: Priority!
              ): Receipt!
            }

            type Mutation {
              forget(
                id: uuid!
              ): Boolean
            }

            type Query {
              status(
                order_id: uuid!
                at: timestamptz
              ): Status
            }

            enum Priority {
              NORMAL
              URGENT
            }

            input Line {
              product: String!
              quantity: Int!
              price: numeric
            }

            type Receipt {
              id: uuid!
              total: numeric!
              tags: [String!]!
              status: Status
            }

            type Status {
              code: bigint!
              paid: Boolean!
            }
            """;

    static final String ACTIONS_YAML = """
            actions:
              - name: placeOrder
                definition:
                  kind: synchronous
                  handler: '{{HANDLER_URL}}/hasura/actions'
                  forward_client_headers: true
                  headers:
                    - name: X-Webhook-Secret
                      value_from_env: WEBHOOK_SECRET
                  timeout: 20
                permissions:
                  - role: customer
                  - role: clerk
                comment: buys what is in the basket
              - name: forget
                definition:
                  kind: asynchronous
                  handler: '{{HANDLER_URL}}/hasura/actions/forget'
                  headers:
                    - name: x-webhook-secret
                      value: '{{WEBHOOK_SECRET}}'
              - name: status
                definition:
                  kind: ""
                  handler: '{{HANDLER_URL}}/hasura/actions'
                  headers:
                    - name: X-Webhook-Secret
                      value_from_env: WEBHOOK_SECRET
              - name: weather
                definition:
                  kind: synchronous
                  handler: https://weather.example
            custom_types:
              enums: []
            """;

    static final String WEATHER_GRAPHQL = """

            type Mutation {
              weather: String
            }
            """;

    static final String ORDERS_YAML = """
            table:
              name: orders
              schema: shop
            insert_permissions:
              - role: customer
                permission:
                  check: {}
                  columns: '*'
                  validate_input:
                    type: http
                    definition:
                      url: '{{HANDLER_URL}}/hasura/validations/insertOrder'
                      headers:
                        - name: X-Webhook-Secret
                          value_from_env: WEBHOOK_SECRET
            event_triggers:
              - name: orderPaid
                definition:
                  enable_manual: false
                  update:
                    columns:
                      - paid
                    payload:
                      - id
                      - paid
                      - total
                retry_conf:
                  interval_sec: 10
                  num_retries: 5
                  timeout_sec: 60
                webhook: '{{HANDLER_URL}}/hasura/events'
                headers:
                  - name: X-Webhook-Secret
                    value_from_env: WEBHOOK_SECRET
            """;

    static final String CRON_YAML = """
            - name: nightly report
              webhook: '{{HANDLER_URL}}/hasura/scheduled'
              schedule: 0 22 * * *
              include_in_metadata: true
              headers:
                - name: X-Webhook-Secret
                  value_from_env: WEBHOOK_SECRET
            """;

    static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("config.yaml", "version: 3\n");
        files.put("metadata/version.yaml", "version: 3\n");
        files.put("metadata/actions.graphql", ACTIONS_GRAPHQL + WEATHER_GRAPHQL);
        files.put("metadata/actions.yaml", ACTIONS_YAML);
        files.put("metadata/cron_triggers.yaml", CRON_YAML);
        files.put("metadata/databases/databases.yaml", """
                - name: default
                  kind: postgres
                  tables: "!include default/tables/tables.yaml"
                """);
        files.put("metadata/databases/default/tables/tables.yaml", """
                - "!include shop_orders.yaml"
                """);
        files.put("metadata/databases/default/tables/shop_orders.yaml", ORDERS_YAML);
        return files;
    }

    static void write(Map<String, String> files, Path directory) {
        files.forEach((name, content) -> {
            Path file = directory.resolve(name);
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static HandlerMetadata metadata(Class<?>... beans) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(beans);
            context.refresh();
            var handlers = new HandlerRegistry(
                    context.getBeanFactory(),
                    JsonMapper.shared(),
                    new BeanValidation(Validation.buildDefaultValidatorFactory().getValidator()),
                    List.of());
            return HandlerMetadata.of(handlers, settings());
        }
    }

    static MetadataSettings settings() {
        Map<WebhookKind, String> paths = new EnumMap<>(WebhookKind.class);
        paths.put(WebhookKind.ACTION, "/hasura/actions");
        paths.put(WebhookKind.EVENT, "/hasura/events");
        paths.put(WebhookKind.SCHEDULED, "/hasura/scheduled");
        paths.put(WebhookKind.VALIDATION, "/hasura/validations");
        return new MetadataSettings(
                "{{HANDLER_URL}}", paths, "X-Webhook-Secret", "WEBHOOK_SECRET", Set.of(WebhookKind.values()));
    }

    static final List<Class<?>> HANDLERS =
            List.of(Checkout.class, Forgetting.class, Statuses.class, Payments.class, Reports.class, Orders.class);

    private Shop() {}

    // tag::checkout[]
    enum Priority {
        NORMAL,
        URGENT
    }

    record Line(String product, int quantity, @Nullable BigDecimal price) {}

    record PlaceOrder(@Nullable String note, List<Line> lines, Priority priority) {}

    record Status(long code, boolean paid) {}

    record Receipt(
            UUID id,
            BigDecimal total,
            List<String> tags,
            @Nullable Status status) {}

    static class Checkout {

        @HasuraAction(
                forwardClientHeaders = true,
                timeout = 20,
                permissions = {"customer", "clerk"},
                comment = "buys what is in the basket")
        Receipt placeOrder(PlaceOrder order) {
            return new Receipt(UUID.randomUUID(), BigDecimal.TEN, List.of("new"), null);
        }
    }
    // end::checkout[]

    static class Forgetting {

        @HasuraAction(kind = HasuraAction.Kind.ASYNCHRONOUS)
        void forget(UUID id) {}
    }

    static class Statuses {

        @HasuraAction(type = HasuraAction.Type.QUERY)
        CompletionStage<@Nullable Status> status(@ActionArgument("order_id") UUID id, @Nullable OffsetDateTime at) {
            return CompletableFuture.completedStage(null);
        }
    }

    // tag::payments[]
    record PaidOrder(
            @Nullable UUID id,
            @JsonProperty("total") @Nullable BigDecimal sum) {}

    static class Payments {

        @HasuraEvent(
                table = "shop.orders",
                operations = Operation.UPDATE,
                columns = "paid",
                payload = {"id", "paid", "total"},
                enableManual = false,
                retryConf = @HasuraEvent.RetryConf(numRetries = 5))
        void orderPaid(PaidOrder order) {}
    }
    // end::payments[]

    static class Reports {

        @HasuraScheduled(name = "nightly report", cron = "0 22 * * *")
        void report() {}
    }

    record NewOrder(@NotBlank String note) {}

    static class Orders {

        @HasuraValidation(table = "shop.orders", operation = Operation.INSERT, permissions = "customer")
        void insertOrder(List<NewOrder> rows) {}
    }
}
