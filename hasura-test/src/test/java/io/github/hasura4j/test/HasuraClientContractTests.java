package io.github.hasura4j.test;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.hasura4j.client.AccessToken;
import io.github.hasura4j.client.Credentials;
import io.github.hasura4j.client.DynamicCall;
import io.github.hasura4j.client.DynamicResult;
import io.github.hasura4j.client.EnumValue;
import io.github.hasura4j.client.HasuraActionException;
import io.github.hasura4j.client.HasuraAuthenticationException;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.HasuraConstraintViolationException;
import io.github.hasura4j.client.HasuraConstraintViolationException.Kind;
import io.github.hasura4j.client.HasuraDataException;
import io.github.hasura4j.client.HasuraEngineException;
import io.github.hasura4j.client.HasuraGraphQlException;
import io.github.hasura4j.client.HasuraInvalidOperationException;
import io.github.hasura4j.client.HasuraPermissionException;
import io.github.hasura4j.client.HasuraRequestException;
import io.github.hasura4j.client.MutationGroup;
import io.github.hasura4j.client.Pending;
import io.github.hasura4j.client.RequestBatch;
import io.github.hasura4j.client.Result;
import io.github.hasura4j.client.SchemaSource;
import io.github.hasura4j.client.Selection;
import io.github.hasura4j.client.TokenSupplier;
import io.github.hasura4j.payload.Maybe;
import io.github.hasura4j.payload.SessionVariables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What the client promises, kept by an engine: the local one, on a real Postgres. */
class HasuraClientContractTests {

    private static final String JWT_KEY = "a-key-of-at-least-thirty-two-characters";
    private static final String THIRTY_FOUR_DIGITS = "12345678901234567890.12345678901234";
    private static final long BEYOND_DOUBLES = 9_007_199_254_740_993L;

    @TempDir
    private static Path directory;

    private static StubHandler handler;
    private static LocalHasura engine;
    private static HasuraClient hasura;

    record Author(Integer id, String name) {}

    @BeforeAll
    static void start() {
        handler = new StubHandler();
        ProjectFiles.in(directory)
                .withMigration("""
                        CREATE TABLE author (id serial PRIMARY KEY, name text NOT NULL CONSTRAINT author_name_key UNIQUE,
                            nick text DEFAULT 'none', age integer CONSTRAINT author_age_check CHECK (age > 0));
                        CREATE TABLE article (id serial PRIMARY KEY, title text NOT NULL,
                            author_id integer NOT NULL CONSTRAINT article_author_fkey REFERENCES author);
                        CREATE TABLE booking (id serial PRIMARY KEY, room int, during tsrange,
                            CONSTRAINT booking_overlap EXCLUDE USING gist (during WITH &&));
                        CREATE TABLE thing (id uuid PRIMARY KEY, big bigint, amount numeric, ratio float8, meta jsonb,
                            at timestamptz, local timestamp, day date, hour time, zoned_hour timetz, content bytea,
                            sizes int[], tags text[], flag boolean, small smallint);
                        """)
                .withTable("author", """
                        table: author
                        array_relationships:
                        - {name: articles, using: {foreign_key_constraint_on: {table: article, column: author_id}}}
                        select_permissions:
                        - {role: writer, permission: {columns: [id, name], filter: {id: {_eq: X-Hasura-User-Id}}}}
                        insert_permissions:
                        - {role: writer, permission: {columns: [id, name], check: {name: {_neq: forbidden}}}}
                        - {role: robot, permission: {columns: [name], check: {}, backend_only: true}}
                        """)
                .withTable("article", """
                        table: article
                        object_relationships:
                        - {name: author, using: {foreign_key_constraint_on: author_id}}
                        """)
                .withTable("booking", "table: booking\n")
                .withTable("thing", "table: thing\n")
                .with("metadata/actions.graphql", """
                        type Mutation { order(sku: String!): Receipt }
                        type Receipt { number: Int! }
                        """)
                .with("metadata/actions.yaml", """
                        actions:
                        - name: order
                          definition: {kind: synchronous, handler: "%s/order", forward_client_headers: true}
                        custom_types: {objects: [{name: Receipt}]}
                        """.formatted(handler.url()));
        engine = LocalHasura.forProject(directory)
                .adminSecret("s3cret")
                .jwtSecret("{\"type\":\"HS256\",\"key\":\"" + JWT_KEY + "\"}")
                .start();
        hasura = HasuraClient.builder()
                .endpoint(engine.url())
                .adminSecret("s3cret")
                .build();
    }

    @AfterAll
    static void stop() {
        hasura.close();
        engine.close();
        handler.close();
    }

    @BeforeEach
    void clean() {
        handler.forget();
        for (String table : List.of("article", "author", "booking", "thing")) {
            hasura.mutation("delete_" + table)
                    .arg("where", Map.of())
                    .select("affected_rows")
                    .execute()
                    .data();
        }
    }

    private static DynamicCall insert(String table, Object row) {
        return hasura.mutation("insert_" + table + "_one").arg("object", row).select("id");
    }

    @Nested
    class ByField {

        @Test
        void asksNestedWithArgumentsAliasesAndDirectives() {
            int ada = id(insert("author", Map.of("name", "Ada")));
            for (String title : List.of("b", "a")) {
                insert("article", Map.of("title", title, "author_id", ada))
                        .execute()
                        .data();
            }

            JsonNode author = hasura.query("author")
                    .arg("where", Map.of("name", Map.of("_ilike", "a%")))
                    .arg("order_by", List.of(Map.of("name", "asc")))
                    .select(
                            "name",
                            Selection.of("articles")
                                    .as("first")
                                    .arg("limit", 1)
                                    .arg("order_by", List.of(Map.of("title", "asc")))
                                    .select("title"),
                            Selection.of("nick").includeIf(false))
                    .execute()
                    .data()
                    .at("/author/0");

            assertThat(author.toString()).isEqualTo("{\"name\":\"Ada\",\"first\":[{\"title\":\"a\"}]}");
        }

        @Test
        void takesTheCacheDirectiveWhateverTheEditionMakesOfIt() {
            assertThat(hasura.query("author")
                            .cached(Duration.ofMinutes(1))
                            .select("id")
                            .execute()
                            .rows(Author.class))
                    .isEmpty();
        }

        @Test
        void tellsAbsentFromNull() {
            record NewAuthor(String name, Maybe<String> nick) {}
            insert("author", new NewAuthor("Ada", Maybe.absent())).execute().data();
            insert("author", new NewAuthor("Grace", Maybe.of(null))).execute().data();

            assertThat(hasura.query("author")
                            .arg("order_by", Map.of("name", "asc"))
                            .select("name", "nick")
                            .execute()
                            .data()
                            .path("author")
                            .toString())
                    .isEqualTo("[{\"name\":\"Ada\",\"nick\":\"none\"},{\"name\":\"Grace\",\"nick\":null}]");
        }

        @Test
        void doesWithoutASchema() {
            insert("author", Map.of("name", "Ada")).execute().data();
            try (HasuraClient blind = HasuraClient.builder()
                    .endpoint(engine.url())
                    .adminSecret("s3cret")
                    .schema(SchemaSource.none())
                    .build()) {
                assertThat(blind.query("author")
                                .arg("where", Map.of("name", Map.of("_in", List.of("Ada", "q\"\n"))))
                                .arg("order_by", List.of(Map.of("name", EnumValue.of("asc"))))
                                .select("id", "name")
                                .execute()
                                .rows(Author.class))
                        .extracting(Author::name)
                        .containsExactly("Ada");
            }
        }

        @Test
        void worksWithoutWaiting() throws Exception {
            insert("author", Map.of("name", "Ada")).executeAsync().get().data();

            assertThat(hasura.query("author")
                            .arg("limit", 5)
                            .select("id", "name")
                            .executeAsync()
                            .get()
                            .rows(Author.class))
                    .hasSize(1);
        }
    }

    @Nested
    class ByDocument {

        record Search(String name, Maybe<Integer> limit) {}

        record Page(
                List<Author> author,
                @JsonProperty("author_aggregate") JsonNode aggregate) {}

        private static final String SEARCH = """
                query search($name: String!, $limit: Int = 1) {
                  author(where: {name: {_ilike: $name}}, limit: $limit, order_by: {name: asc}) { id name }
                  author_aggregate { aggregate { count } }
                }""";

        @BeforeEach
        void authors() {
            for (String name : List.of("Ada", "Alan", "Grace")) {
                insert("author", Map.of("name", name)).execute().data();
            }
        }

        @Test
        void bindsAllDataFromVariablesOfARecord() {
            Result<Page> page = hasura.document(SEARCH)
                    .variables(new Search("a%", Maybe.absent()))
                    .execute(Page.class);

            assertThat(page.data().author()).extracting(Author::name).containsExactly("Ada");
            assertThat(page.data().aggregate().at("/aggregate/count").intValue())
                    .isEqualTo(3);
            assertThat(page.headers().firstValue("x-request-id")).isPresent();
        }

        @Test
        void bindsByPath() {
            var search = hasura.document(SEARCH).variables(new Search("a%", Maybe.of(5)));

            assertThat(search.fetchList("author", Author.class)).hasSize(2);
            assertThat(search.fetch("author_aggregate.aggregate.count", Integer.class))
                    .isEqualTo(3);
            assertThat(search.fetch("author", new TypeReference<List<Map<String, Object>>>() {}))
                    .extracting(row -> row.get("name"))
                    .containsExactly("Ada", "Alan");
            assertThat(hasura.document("{ author_by_pk(id: 0) { id name } }")
                            .fetchOptional("author_by_pk", Author.class))
                    .isEmpty();
        }
    }

    @Nested
    class Errors {

        @Test
        void ofAUniqueConstraint() {
            insert("author", Map.of("name", "Ada")).execute().data();

            assertViolation(insert("author", Map.of("name", "Ada")), Kind.UNIQUE, "author_name_key");
        }

        @Test
        void ofAForeignKey() {
            assertViolation(
                    insert("article", Map.of("title", "x", "author_id", 0)), Kind.FOREIGN_KEY, "article_author_fkey");
        }

        @Test
        void ofARowThatIsStillReferredTo() {
            int ada = id(insert("author", Map.of("name", "Ada")));
            insert("article", Map.of("title", "a", "author_id", ada)).execute().data();

            assertViolation(
                    hasura.mutation("delete_author").arg("where", Map.of()).select("affected_rows"),
                    Kind.FOREIGN_KEY,
                    "article_author_fkey");
        }

        @Test
        void ofANotNullColumn() {
            HasuraConstraintViolationException e =
                    assertViolation(insert("author", Map.of("age", 3)), Kind.NOT_NULL, null);

            assertThat(e.column()).contains("name");
        }

        @Test
        void ofACheck() {
            assertViolation(insert("author", Map.of("name", "Ada", "age", -1)), Kind.CHECK, "author_age_check");
        }

        @Test
        void ofAnExclusion() {
            insert("booking", Map.of("during", "[2026-01-01,2026-01-03)"))
                    .execute()
                    .data();

            assertViolation(
                    insert("booking", Map.of("during", "[2026-01-02,2026-01-04)")), Kind.EXCLUSION, "booking_overlap");
        }

        @Test
        void ofAPermission() {
            failing(
                    hasura.as(writer(1))
                            .mutation("insert_author_one")
                            .arg("object", Map.of("name", "forbidden"))
                            .select("id"),
                    HasuraPermissionException.class);
        }

        @Test
        void ofAFieldThatTheRoleMustNotSee() {
            failing(hasura.as(writer(1)).query("author").select("age"), HasuraInvalidOperationException.class);
        }

        @Test
        void ofAValueThatTheDatabaseCannotRead() {
            failing(
                    hasura.query("thing")
                            .arg("where", Map.of("id", Map.of("_eq", "no uuid")))
                            .select("id"),
                    HasuraDataException.class);
        }

        @Test
        void ofAnActionsHandler() {
            handler.answers(400, "{\"message\": \"sold out\", \"extensions\": {\"code\": \"no-stock\", \"left\": 0}}");

            HasuraActionException e = failing(order(), HasuraActionException.class);

            assertThat(e.code()).contains("no-stock");
            assertThat(e.errors().get(0).message()).isEqualTo("sold out");
            assertThat(e.errors().get(0).extensions()).containsEntry("left", 0);
        }

        @Test
        void ofAnActionsHandlerThatIsBroken() {
            handler.answers(500, "<html>");

            failing(order(), HasuraEngineException.class);
        }

        @Test
        void ofAWrongSecret() {
            try (HasuraClient stranger = HasuraClient.builder()
                    .endpoint(engine.url())
                    .adminSecret("guess")
                    .build()) {
                failing(stranger.query("author").select("id"), HasuraAuthenticationException.class);
            }
        }

        @Test
        void areFoundBeforeAnythingIsSentWhereTheSchemaTells() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.query("author")
                            .arg("were", Map.of())
                            .select("id")
                            .execute())
                    .withMessageContaining("where");
        }

        private DynamicCall order() {
            return hasura.mutation("order").arg("sku", "x").select("number");
        }

        private HasuraConstraintViolationException assertViolation(DynamicCall call, Kind kind, String constraint) {
            HasuraConstraintViolationException e = failing(call, HasuraConstraintViolationException.class);
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.constraint()).isEqualTo(Optional.ofNullable(constraint));
            return e;
        }

        private <E extends HasuraGraphQlException> E failing(DynamicCall call, Class<E> type) {
            return catchThrowableOfType(type, () -> call.execute().data());
        }
    }

    @Nested
    class Identities {

        @Test
        void ofACallerSeeWhatTheCallerSees() {
            int ada = id(insert("author", Map.of("name", "Ada")));
            insert("author", Map.of("name", "Grace")).execute().data();

            assertThat(hasura.as(writer(ada))
                            .query("author")
                            .select("id", "name")
                            .execute()
                            .rows(Author.class))
                    .containsExactly(new Author(ada, "Ada"));
        }

        @Test
        void ofABackendHaveItsPermissions() {
            DynamicResult refused = robotInserts(hasura.asRole("robot"));
            assertThat(refused.hasErrors()).isTrue();

            assertThat(robotInserts(hasura.asRole("robot").backendOnly()).hasErrors())
                    .isFalse();
        }

        private DynamicResult robotInserts(HasuraClient client) {
            return client.mutation("insert_author")
                    .arg("objects", List.of(Map.of("name", "R2")))
                    .select("affected_rows")
                    .execute();
        }

        @Test
        void ofATokenAreReplacedWhenItHasEnded() throws Exception {
            int ada = id(insert("author", Map.of("name", "Ada")));
            AtomicInteger asked = new AtomicInteger();
            TokenSupplier tokens = TokenSupplier.cached(
                    () -> AccessToken.of(
                            jwt(ada, Instant.now().plusSeconds(asked.getAndIncrement() == 0 ? -3600 : 3600))),
                    Duration.ofSeconds(30));
            try (HasuraClient web = HasuraClient.builder()
                    .endpoint(engine.url())
                    .credentials(Credentials.bearer(tokens))
                    .build()) {
                assertThat(web.query("author").select("id", "name").execute().rows(Author.class))
                        .containsExactly(new Author(ada, "Ada"));
                assertThat(web.query("author")
                                .arg("limit", 1)
                                .select("id")
                                .execute()
                                .hasErrors())
                        .isFalse();
            }
            assertThat(asked).hasValue(2);
        }

        @Test
        void ofARequestAreForwardedToAnAction() {
            handler.answers(200, "{\"number\": 7}");
            Map<String, String> incoming = Map.of("cookie", "a=b", "x-trace", "t");

            hasura.forwarding(incoming::get, "cookie", "x-trace")
                    .mutation("order")
                    .arg("sku", "x")
                    .select("number")
                    .execute()
                    .data();

            StubHandler.Received request = handler.next();
            assertThat(request.header("cookie")).isEqualTo("a=b");
            assertThat(request.header("x-trace")).isEqualTo("t");
            assertThat(request.header("x-hasura-admin-secret")).isNull();
        }
    }

    @Nested
    class Scalars {

        record Thing(
                UUID id,
                Long big,
                BigDecimal amount,
                Double ratio,
                JsonNode meta,
                OffsetDateTime at,
                LocalDateTime local,
                LocalDate day,
                LocalTime hour,
                @JsonProperty("zoned_hour") OffsetTime zonedHour,
                byte[] content,
                List<Integer> sizes,
                List<String> tags,
                Boolean flag,
                Short small) {}

        private final UUID id = UUID.fromString("b7f1a2de-0c3d-4a4c-9b0e-5b1b3a6d7c11");
        private final JsonNode meta = JsonMapper.shared()
                .readTree("{\"id\": 9007199254740993, \"list\": [1, \"x\", null], \"key with blanks\": true}");

        private static final String[] COLUMNS = {
            "id",
            "big",
            "amount",
            "ratio",
            "meta",
            "at",
            "local",
            "day",
            "hour",
            "zoned_hour",
            "content",
            "sizes",
            "tags",
            "flag",
            "small"
        };

        @Test
        void goThroughARecordUnchanged() {
            Thing thing = new Thing(
                    id,
                    BEYOND_DOUBLES,
                    new BigDecimal(THIRTY_FOUR_DIGITS),
                    Double.POSITIVE_INFINITY,
                    meta,
                    OffsetDateTime.parse("2026-08-01T10:20:30.123456Z"),
                    LocalDateTime.parse("2026-08-01T10:20:30.5"),
                    LocalDate.parse("2026-08-01"),
                    LocalTime.parse("10:20:30"),
                    OffsetTime.parse("10:20:30+02:00"),
                    new byte[] {1, -1, 0},
                    List.of(1, 2),
                    List.of("a", "b \"c\""),
                    true,
                    (short) 7);
            insert("thing", thing).execute().data();

            Thing back = hasura.query("thing")
                    .select(COLUMNS)
                    .execute()
                    .row(Thing.class)
                    .orElseThrow();

            assertThat(back).usingRecursiveComparison().isEqualTo(thing);
        }

        @Test
        void goToTheEndsOfTime() {
            Map<String, Object> ends = new HashMap<>();
            ends.put("id", id);
            ends.put("at", OffsetDateTime.MAX);
            ends.put("local", LocalDateTime.MIN);
            ends.put("day", LocalDate.MAX);
            insert("thing", ends).execute().data();

            Thing back = hasura.query("thing")
                    .select(COLUMNS)
                    .execute()
                    .row(Thing.class)
                    .orElseThrow();

            assertThat(back.at()).isEqualTo(OffsetDateTime.MAX);
            assertThat(back.local()).isEqualTo(LocalDateTime.MIN);
            assertThat(back.day()).isEqualTo(LocalDate.MAX);
        }

        @Test
        void keepDigitsThroughAMapAndATree() {
            for (HasuraClient client : List.of(hasura, asText())) {
                clean();
                Map<String, Object> row = new HashMap<>();
                row.put("id", id);
                row.put("big", BEYOND_DOUBLES);
                row.put("amount", new BigDecimal(THIRTY_FOUR_DIGITS));
                row.put("meta", Map.of("big", BEYOND_DOUBLES, "amount", new BigDecimal(THIRTY_FOUR_DIGITS)));
                client.mutation("insert_thing_one")
                        .arg("object", client == hasura ? row : without(row, "meta"))
                        .select("id")
                        .execute()
                        .data();
                if (client != hasura) {
                    hasura.mutation("update_thing")
                            .arg("where", Map.of())
                            .arg("_set", Map.of("meta", row.get("meta")))
                            .select("affected_rows")
                            .execute()
                            .data();
                }

                DynamicResult answer =
                        client.query("thing").select("big", "amount", "meta").execute();
                Map<String, Object> map =
                        answer.row(new TypeReference<Map<String, Object>>() {}).orElseThrow();
                JsonNode tree = answer.data().at("/thing/0");

                assertThat(map)
                        .containsEntry("big", BEYOND_DOUBLES)
                        .containsEntry("amount", new BigDecimal(THIRTY_FOUR_DIGITS))
                        .containsEntry(
                                "meta", Map.of("big", BEYOND_DOUBLES, "amount", new BigDecimal(THIRTY_FOUR_DIGITS)));
                assertThat(tree.path("big").longValue()).isEqualTo(BEYOND_DOUBLES);
                assertThat(tree.path("amount").decimalValue()).isEqualTo(THIRTY_FOUR_DIGITS);
                assertThat(tree.at("/meta/amount").decimalValue()).isEqualTo(THIRTY_FOUR_DIGITS);

                // And back again, from either.
                for (Object meta : List.of(map.get("meta"), tree.path("meta"))) {
                    hasura.mutation("update_thing")
                            .arg("where", Map.of("amount", Map.of("_eq", map.get("amount"))))
                            .arg("_set", Map.of("meta", meta, "big", tree.path("big")))
                            .select("affected_rows")
                            .execute()
                            .data();
                    assertThat(client.query("thing")
                                    .select("big", "amount", "meta")
                                    .execute()
                                    .data()
                                    .at("/thing/0"))
                            .isEqualTo(tree);
                }
            }
        }

        private HasuraClient asText() {
            return HasuraClient.builder()
                    .endpoint(engine.url())
                    .adminSecret("s3cret")
                    .bigNumbersAsText(true)
                    .build();
        }

        private Map<String, Object> without(Map<String, Object> row, String key) {
            Map<String, Object> rest = new HashMap<>(row);
            rest.remove(key);
            return rest;
        }
    }

    @Nested
    class Together {

        @Test
        void aBatchRunsEachForItself() {
            RequestBatch batch = hasura.batch();
            Pending<DynamicResult> ada = batch.add(insert("author", Map.of("name", "Ada")));
            Pending<DynamicResult> again = batch.add(insert("author", Map.of("name", "Ada")));
            Pending<Result<JsonNode>> count =
                    batch.add(hasura.document("query c { author_aggregate { aggregate { count } } }"));

            batch.execute();

            assertThat(ada.get().hasErrors()).isFalse();
            assertThat(again.get().hasErrors()).isTrue();
            assertThat(count.get()
                            .data()
                            .at("/author_aggregate/aggregate/count")
                            .intValue())
                    .isEqualTo(1);
        }

        @Test
        void aGroupIsUndoneAsAWhole() {
            MutationGroup group = hasura.inOneRequest();
            group.add(insert("author", Map.of("name", "Ada")));
            group.add(insert("author", Map.of("name", "Ada")));

            assertThatExceptionOfType(HasuraConstraintViolationException.class).isThrownBy(group::execute);

            assertThat(hasura.query("author").select("id").execute().rows(Author.class))
                    .isEmpty();
        }

        @Test
        void aGroupAnswersEach() {
            MutationGroup group = hasura.inOneRequest();
            Pending<DynamicResult> ada = group.add(insert("author", Map.of("name", "Ada")));
            Pending<DynamicResult> changed = group.add(hasura.mutation("update_author")
                    .arg("where", Map.of("name", Map.of("_eq", "Ada")))
                    .arg("_set", Map.of("nick", "countess"))
                    .select("affected_rows"));
            Pending<DynamicResult> gone = group.add(
                    hasura.mutation("delete_author_by_pk").arg("id", 0).select("id"));

            group.execute();

            assertThat(ada.get().row(Author.class)).isPresent();
            assertThat(changed.get().data().at("/update_author/affected_rows").intValue())
                    .isEqualTo(1);
            assertThat(gone.get().row(Author.class)).isEmpty();
        }

        @Test
        void aGroupTakesNoAction() {
            MutationGroup group = hasura.inOneRequest();
            group.add(insert("author", Map.of("name", "Ada")));
            group.add(hasura.mutation("order").arg("sku", "x").select("number"));

            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(group::execute)
                    .withMessageContaining("'order' is an action");
            assertThat(handler.hasReceivedNothingMore()).isTrue();
        }
    }

    private static int id(DynamicCall insert) {
        return insert.execute().row(Author.class).orElseThrow().id();
    }

    private static SessionVariables writer(int id) {
        return SessionVariables.of(Map.of("x-hasura-role", "writer", "x-hasura-user-id", String.valueOf(id)));
    }

    private static String jwt(int user, Instant expires) {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .expirationTime(Date.from(expires))
                        .claim(
                                "https://hasura.io/jwt/claims",
                                Map.of(
                                        "x-hasura-default-role", "writer",
                                        "x-hasura-allowed-roles", List.of("writer"),
                                        "x-hasura-user-id", String.valueOf(user)))
                        .build());
        try {
            jwt.sign(new MACSigner(JWT_KEY));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
