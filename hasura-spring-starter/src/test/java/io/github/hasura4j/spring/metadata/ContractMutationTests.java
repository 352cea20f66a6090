package io.github.hasura4j.spring.metadata;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.hasura4j.spring.metadata.Finding.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** One change to the metadata, or to code, is one finding, which names it. */
class ContractMutationTests {

    private static final String SDL = "metadata/actions.graphql";
    private static final String ACTIONS = "metadata/actions.yaml";
    private static final String ORDERS = "metadata/databases/default/tables/shop_orders.yaml";
    private static final String CRON = "metadata/cron_triggers.yaml";

    @TempDir
    Path directory;

    @Test
    void theUnchangedPairIsInSync() {
        assertThat(findings(Shop.HANDLERS, Shop.files())).isEmpty();
    }

    /** File, text, what it is changed to, and the finding: its rule, what it names, where it points. */
    static Stream<Arguments> changesOfMetadata() {
        return Stream.of(
                arguments(
                        SDL,
                        "note: String",
                        "remark: String",
                        Rule.NAME,
                        "'remark' of action 'placeOrder' is called 'note'",
                        SDL + ":3"),
                arguments(
                        SDL,
                        "    note: String\n",
                        "",
                        Rule.NAME,
                        "'note' of action 'placeOrder' is not in",
                        SDL + ":2"),
                arguments(
                        SDL,
                        "order_id: uuid!",
                        "order_id: uuid!\n    page: Int",
                        Rule.NAME,
                        "'page' of action 'status' is not read",
                        SDL + ":18"),
                arguments(
                        SDL,
                        "order_id: uuid!",
                        "orderId: uuid!",
                        Rule.NAME,
                        "'orderId' of action 'status' is called 'order_id'",
                        SDL + ":17"),
                arguments(
                        SDL,
                        "order_id: uuid!",
                        "order_id: String!",
                        Rule.TYPE,
                        "'order_id' of action 'status' is String! in the metadata and uuid! in code",
                        SDL + ":17"),
                arguments(
                        SDL,
                        "order_id: uuid!",
                        "order_id: uuid",
                        Rule.NULLABILITY,
                        "'order_id' of action 'status' is uuid in",
                        SDL + ":17"),
                arguments(
                        SDL,
                        "at: timestamptz",
                        "at: timestamptz!",
                        Rule.NULLABILITY,
                        "'at' of action 'status'",
                        SDL + ":18"),
                arguments(
                        SDL, "at: timestamptz", "at: date", Rule.TYPE, "'at' of action 'status' is date", SDL + ":18"),
                arguments(
                        SDL,
                        "lines: [Line!]!",
                        "lines: Line!",
                        Rule.LIST,
                        "'lines' of action 'placeOrder' is Line! in",
                        SDL + ":4"),
                arguments(
                        SDL,
                        "lines: [Line!]!",
                        "lines: [Line]!",
                        Rule.NULLABILITY,
                        "[Line]! in the metadata and [Line!]! in code",
                        SDL + ":4"),
                arguments(
                        SDL,
                        "priority: Priority!",
                        "priority: String!",
                        Rule.TYPE,
                        "'priority' of action 'placeOrder' is String!",
                        SDL + ":5"),
                arguments(
                        SDL,
                        "): Receipt!",
                        "): Receipt",
                        Rule.NULLABILITY,
                        "Output of action 'placeOrder' is Receipt in",
                        SDL + ":2"),
                arguments(SDL, "): Receipt!", "): [Receipt!]!", Rule.LIST, "Output of action 'placeOrder'", SDL + ":2"),
                arguments(
                        SDL,
                        "): Status",
                        "): Receipt",
                        Rule.TYPE,
                        "Output of action 'status' is Receipt in the metadata and Status in code",
                        SDL + ":16"),
                arguments(
                        SDL,
                        "): Boolean",
                        "): Boolean!",
                        Rule.NULLABILITY,
                        "Output of action 'forget' is Boolean!",
                        SDL + ":10"),
                arguments(SDL, "  URGENT\n", "", Rule.ENUM_VALUE, "'Priority' lacks the value(s) URGENT", SDL + ":22"),
                arguments(
                        SDL,
                        "  URGENT\n",
                        "  URGENT\n  LOW\n",
                        Rule.ENUM_VALUE,
                        "'Priority' has the value(s) LOW",
                        SDL + ":22"),
                arguments(
                        SDL,
                        "URGENT",
                        "Urgent",
                        Rule.ENUM_VALUE,
                        "lacks the value(s) URGENT of code and has the value(s) Urgent",
                        SDL + ":22"),
                arguments(
                        SDL,
                        "quantity: Int!",
                        "quantity: bigint!",
                        Rule.TYPE,
                        "'Line.quantity' is bigint!",
                        SDL + ":29"),
                arguments(
                        SDL,
                        "product: String!",
                        "article: String!",
                        Rule.NAME,
                        "'Line.article' is called 'product'",
                        SDL + ":28"),
                arguments(
                        SDL,
                        "total: numeric!",
                        "total: numeric",
                        Rule.NULLABILITY,
                        "'Receipt.total' is numeric in",
                        SDL + ":35"),
                arguments(SDL, "tags: [String!]!", "tags: String!", Rule.LIST, "'Receipt.tags'", SDL + ":36"),
                arguments(
                        SDL,
                        "status: Status\n}",
                        "status: Status\n  clerk: String!\n}",
                        Rule.NAME,
                        "'Receipt.clerk' is not answered",
                        SDL + ":38"),
                arguments(SDL, "  paid: Boolean!\n", "", Rule.NAME, "'Status.paid' is not in", SDL + ":40"),
                arguments(SDL, "code: bigint!", "code: Int!", Rule.TYPE, "'Status.code' is Int!", SDL + ":41"),
                arguments(
                        SDL,
                        "type Query {",
                        "type Mutation {",
                        Rule.OPERATION,
                        "'status' is a mutation in the metadata and a query",
                        SDL + ":16"),
                arguments(
                        ACTIONS,
                        "kind: asynchronous",
                        "kind: synchronous",
                        Rule.KIND,
                        "'forget': kind is synchronous",
                        ACTIONS + ":15"),
                arguments(
                        ACTIONS,
                        "timeout: 20",
                        "timeout: 10",
                        Rule.TIMEOUT,
                        "'placeOrder': timeout is 10",
                        ACTIONS + ":2"),
                arguments(
                        ACTIONS,
                        "      - role: clerk\n",
                        "",
                        Rule.PERMISSIONS,
                        "'placeOrder': permissions is [customer]",
                        ACTIONS + ":2"),
                arguments(
                        ACTIONS,
                        "comment: buys",
                        "comment: sells",
                        Rule.COMMENT,
                        "'placeOrder': comment is sells",
                        ACTIONS + ":2"),
                arguments(
                        ACTIONS,
                        "forward_client_headers: true",
                        "forward_client_headers: false",
                        Rule.CLIENT_HEADERS,
                        "'placeOrder'",
                        ACTIONS + ":2"),
                arguments(
                        ACTIONS,
                        "/hasura/actions/forget",
                        "/hasura/actions/remember",
                        Rule.URL,
                        "'forget' calls {{HANDLER_URL}}/hasura/actions/remember",
                        ACTIONS),
                arguments(
                        ACTIONS,
                        "- name: x-webhook-secret",
                        "- name: x-secret",
                        Rule.SECRET,
                        "'forget' does not send the header X-Webhook-Secret",
                        ACTIONS),
                arguments(
                        ACTIONS,
                        "value: '{{WEBHOOK_SECRET}}'",
                        "value: hunter2",
                        Rule.SECRET,
                        "'forget' has the secret itself",
                        ACTIONS),
                arguments(
                        ACTIONS,
                        "handler: https://weather.example",
                        "handler: '{{HANDLER_URL}}/hasura/actions'",
                        Rule.ORPHANED,
                        "Action 'weather' has no handler",
                        ACTIONS),
                arguments(
                        ORDERS,
                        "          - paid\n        payload",
                        "          - total\n        payload",
                        Rule.COLUMNS,
                        "'orderPaid': columns is [total]",
                        ORDERS),
                arguments(
                        ORDERS, "          - total\n", "", Rule.COLUMNS, "'orderPaid': payload is [id, paid]", ORDERS),
                arguments(
                        ORDERS,
                        "num_retries: 5",
                        "num_retries: 0",
                        Rule.RETRIES,
                        "'orderPaid': num_retries is 0",
                        ORDERS),
                arguments(ORDERS, "enable_manual: false", "enable_manual: true", Rule.MANUAL, "'orderPaid'", ORDERS),
                arguments(
                        ORDERS,
                        "      update:\n",
                        "      insert:\n",
                        Rule.OPERATIONS,
                        "'orderPaid': operations is [insert]",
                        ORDERS),
                arguments(
                        ORDERS,
                        "hasura/events'",
                        "hasura/event'",
                        Rule.URL,
                        "'orderPaid' calls {{HANDLER_URL}}/hasura/event,",
                        ORDERS),
                arguments(
                        ORDERS,
                        "role: customer",
                        "role: clerk",
                        Rule.PERMISSIONS,
                        "'insertOrder': permissions is [clerk]",
                        ORDERS),
                arguments(
                        ORDERS,
                        "insert_permissions",
                        "update_permissions",
                        Rule.OPERATIONS,
                        "'insertOrder' is of update",
                        ORDERS),
                arguments(
                        CRON,
                        "0 22 * * *",
                        "0 23 * * *",
                        Rule.SCHEDULE,
                        "'nightly report': schedule is 0 23 * * *",
                        CRON + ":1"),
                arguments(
                        CRON,
                        "value_from_env: WEBHOOK_SECRET",
                        "value_from_env: OTHER",
                        Rule.SECRET,
                        "'nightly report' takes the header X-Webhook-Secret from another",
                        CRON + ":1"));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @MethodSource("changesOfMetadata")
    void aChangeOfMetadataIsFound(String file, String from, String to, Rule rule, String names, String place) {
        Map<String, String> files = Shop.files();
        assertThat(files.get(file)).contains(from);
        int at = files.get(file).indexOf(from);
        files.put(file, files.get(file).substring(0, at) + to + files.get(file).substring(at + from.length()));
        List<Finding> found = findings(Shop.HANDLERS, files);
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.what()).contains(names);
            assertThat(finding.metadata()).startsWith(place);
        });
    }

    @Test
    void aRenamedTypeIsFoundOnceAndItsFieldsAreComparedAllTheSame() {
        Map<String, String> files = Shop.files();
        files.put(SDL, files.get(SDL).replace("Status", "State"));
        assertThat(findings(Shop.HANDLERS, files))
                .extracting(Finding::rule, Finding::what)
                .containsExactly(tuple(Rule.TYPE, "Type 'State' is called 'Status' in code"));

        files.put(SDL, files.get(SDL).replace("code: bigint!", "code: Int!"));
        assertThat(findings(Shop.HANDLERS, files)).hasSize(2);
    }

    /** Handlers that are replaced, what by, and the finding. */
    static Stream<Arguments> changesOfCode() {
        return Stream.of(
                arguments(Shop.Checkout.class, List.of(), Rule.ORPHANED, "Action 'placeOrder' has no handler"),
                arguments(Shop.Payments.class, List.of(), Rule.ORPHANED, "Event trigger 'orderPaid' has no handler"),
                arguments(Shop.Reports.class, List.of(), Rule.ORPHANED, "Cron trigger 'nightly report' has no handler"),
                arguments(
                        Shop.Orders.class, List.of(), Rule.ORPHANED, "validations/insertOrder', which has no handler"),
                arguments(Void.class, List.of(Changed.NewAction.class), Rule.MISSING, "Action 'refund' is not in"),
                arguments(
                        Void.class,
                        List.of(Changed.NewTrigger.class),
                        Rule.MISSING,
                        "Event trigger 'orderSent' is not"),
                arguments(Void.class, List.of(Changed.NewCron.class), Rule.MISSING, "Cron trigger 'weekly' is not in"),
                arguments(Void.class, List.of(Changed.NewCheck.class), Rule.MISSING, "Validation 'updateOrder' is not"),
                arguments(
                        Shop.Statuses.class,
                        List.of(Changed.Mutating.class),
                        Rule.OPERATION,
                        "'status' is a query in the metadata and a mutation"),
                arguments(
                        Shop.Statuses.class,
                        List.of(Changed.Retyped.class),
                        Rule.TYPE,
                        "'order_id' of action 'status' is uuid! in the metadata and bigint! in code"),
                arguments(
                        Shop.Forgetting.class,
                        List.of(Changed.Nullable.class),
                        Rule.NULLABILITY,
                        "'id' of action 'forget' is uuid! in"),
                arguments(Shop.Forgetting.class, List.of(Changed.Batched.class), Rule.LIST, "'id' of action 'forget'"),
                arguments(
                        Shop.Payments.class,
                        List.of(Changed.OtherTable.class),
                        Rule.TABLE,
                        "'orderPaid' is on table shop.orders of source default in the metadata and on table shop.offers"),
                arguments(
                        Shop.Payments.class,
                        List.of(Changed.OtherSource.class),
                        Rule.TABLE,
                        "'orderPaid' is on table shop.orders of source default in the metadata and on source archive"),
                arguments(
                        Shop.Payments.class,
                        List.of(Changed.UnsentColumn.class),
                        Rule.COLUMNS,
                        "'orderPaid' does not send customer"),
                arguments(
                        Shop.Payments.class,
                        List.of(Changed.Patient.class),
                        Rule.TIMEOUT,
                        "'orderPaid': timeout_sec is 60 in the metadata and 90"),
                arguments(
                        Shop.Payments.class,
                        List.of(Changed.WaitsForInserts.class),
                        Rule.OPERATIONS,
                        "'orderPaid' does not fire on INSERT, and @OnlyWhen"),
                arguments(
                        Shop.Payments.class,
                        List.of(Changed.WaitsForDeletes.class),
                        Rule.OPERATIONS,
                        "'orderPaid' does not fire on DELETE, and @OnlyWhen"),
                arguments(
                        Shop.Payments.class,
                        List.of(Changed.WaitsForHands.class),
                        Rule.MANUAL,
                        "'orderPaid' cannot be invoked by hand, and @OnlyWhen"),
                arguments(
                        Shop.Payments.class,
                        List.of(Changed.WaitsForTheTotal.class),
                        Rule.COLUMNS,
                        "'orderPaid' does not fire when total changes"),
                arguments(
                        Shop.Payments.class,
                        List.of(Changed.Misspelt.class),
                        Rule.COLUMNS,
                        "'orderPaid' does not send payed, which decides"),
                arguments(
                        Shop.Payments.class,
                        List.of(Changed.WaitsForOffers.class),
                        Rule.TABLE,
                        "'orderPaid' is on table shop.orders, and @OnlyWhen waits for shop.offers"),
                arguments(
                        Shop.Orders.class,
                        List.of(Changed.CheckOfOffers.class),
                        Rule.TABLE,
                        "'insertOrder' is of table shop.orders in the metadata and of shop.offers"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("changesOfCode")
    void aChangeOfCodeIsFound(Class<?> replaced, List<Class<?>> by, Rule rule, String names) {
        List<Class<?>> handlers = new ArrayList<>(Shop.HANDLERS);
        handlers.remove(replaced);
        handlers.addAll(by);
        assertThat(findings(handlers, Shop.files())).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.what()).contains(names);
            assertThat(finding.code()).startsWith(by.isEmpty() ? "none" : Changed.class.getName());
        });
    }

    @Test
    void thereAreChangesEnough() {
        assertThat(Stream.concat(changesOfMetadata(), changesOfCode())).hasSizeGreaterThanOrEqualTo(40);
    }

    private List<Finding> findings(List<Class<?>> handlers, Map<String, String> files) {
        Shop.write(files, directory);
        return HasuraContract.of(Shop.metadata(handlers.toArray(Class<?>[]::new)))
                .against(directory)
                .findings();
    }
}
