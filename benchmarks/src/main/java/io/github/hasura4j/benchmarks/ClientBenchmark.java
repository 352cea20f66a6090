package io.github.hasura4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.jayway.jsonpath.TypeRef;
import com.netflix.graphql.dgs.client.DgsRestClientGraphQLClient;
import com.netflix.graphql.dgs.client.Jackson3DgsJsonMapperAdapter;
import io.github.hasura4j.client.HasuraClient;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.graphql.client.HttpSyncGraphQlClient;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * A query of few and of many rows, from the call to the records, against a stub on the loopback. The floor is what one would write
 * by hand for this one query: the JDK's client, and Jackson reading the answer straight into records.
 *
 * <p>{@code java -cp … org.openjdk.jmh.Main ClientBenchmark -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init")
public class ClientBenchmark {

    private static final String DOCUMENT =
            "query orders($limit: Int) { order(limit: $limit) { id customer total created_at paid note } }";
    private static final String[] COLUMNS = {"id", "customer", "total", "created_at", "paid", "note"};

    @Param({"10", "1000"})
    public int rows;

    private Process stub;
    private URI endpoint;
    private HttpClient http;
    private JsonMapper mapper;
    private ObjectReader envelope;
    private HasuraClient hasura;
    private ExecutorService executor;
    private HttpSyncGraphQlClient spring;
    private DgsRestClientGraphQLClient dgs;

    record Order(
            Long id,
            String customer,
            BigDecimal total,
            @JsonProperty("created_at") OffsetDateTime createdAt,
            Boolean paid,
            @Nullable String note) {}

    record Data(List<Order> order) {}

    record Envelope(Data data) {}

    @Setup
    public void start() throws IOException {
        stub = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StubEngine.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port =
                new BufferedReader(new InputStreamReader(stub.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        URI base = URI.create("http://127.0.0.1:" + port + "/" + rows);
        endpoint = URI.create(base + "/v1/graphql");
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        mapper = JsonMapper.builder().build();
        envelope = mapper.readerFor(Envelope.class);
        hasura = HasuraClient.builder().endpoint(base).adminSecret("s3cret").build();
        // Without an executor of its own Spring's request factory is slower still.
        executor = Executors.newCachedThreadPool();
        RestClient rest = RestClient.builder()
                .baseUrl(endpoint.toString())
                .defaultHeader("x-hasura-admin-secret", "s3cret")
                .requestFactory(new JdkClientHttpRequestFactory(
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .executor(executor)
                                .build(),
                        executor))
                .build();
        spring = HttpSyncGraphQlClient.create(rest);
        dgs = new DgsRestClientGraphQLClient(rest, headers -> {}, new Jackson3DgsJsonMapperAdapter(mapper));
    }

    @TearDown
    public void stop() {
        hasura.close();
        executor.shutdownNow();
        stub.destroy();
    }

    @Benchmark
    public List<Order> jdkAndJackson() throws IOException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("query", DOCUMENT);
        body.put("operationName", "orders");
        body.put("variables", Map.of("limit", rows));
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(endpoint)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .header("x-hasura-admin-secret", "s3cret")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return envelope.<Envelope>readValue(response.body()).data().order();
    }

    @Benchmark
    public List<Order> hasuraByDocument() {
        return hasura.document(DOCUMENT).variable("limit", rows).fetchList("order", Order.class);
    }

    @Benchmark
    public List<Order> hasuraByField() {
        return hasura.query("order").select(COLUMNS).execute().rows(Order.class);
    }

    @Benchmark
    public @Nullable List<Order> springGraphQl() {
        return spring.document(DOCUMENT)
                .operationName("orders")
                .variable("limit", rows)
                .retrieveSync("order")
                .toEntityList(Order.class);
    }

    @Benchmark
    public List<Order> dgs() {
        return dgs.executeQuery(DOCUMENT, Map.of("limit", rows), "orders")
                .extractValueAsObject("data.order", new TypeRef<List<Order>>() {});
    }
}
