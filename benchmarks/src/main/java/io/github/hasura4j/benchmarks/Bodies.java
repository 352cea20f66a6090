package io.github.hasura4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The requests that are measured, in the shape and key order of a current engine. */
final class Bodies {

    private Bodies() {}

    static byte[] login() {
        return """
                {"action":{"name":"login"},"input":{"password":"correct horse battery staple","username":"jane.doe@example.com"},\
                "request_query":"mutation ($u: String!, $p: String!) { login(username: $u, password: $p) { accessToken } }",\
                "session_variables":{"x-hasura-role":"anonymous"}}""".getBytes(StandardCharsets.UTF_8);
    }

    static byte[] smallEvent() {
        return event(row(1, "\"note\":\"" + "n".repeat(400) + "\""));
    }

    /** About 50 KB: one row with 305 nested documents. */
    static byte[] largeEvent() {
        StringBuilder lines = new StringBuilder("\"lines\":[");
        for (int i = 0; i < 305; i++) {
            lines.append(i == 0 ? "" : ",")
                    .append("{\"sku\":\"SKU-%05d\",\"quantity\":%d,\"price\":%d.%02d,\"taxes\":1.9e-1,"
                            .formatted(i, i, i, i % 100))
                    .append(
                            "\"delivered_at\":\"2024-06-24T14:22:32.128413+00:00\",\"comment\":\"line %d of the order\"}"
                                    .formatted(i));
        }
        return event(row(1, lines.append(']').toString()));
    }

    private static String row(long id, String more) {
        return """
                {"id":%d,"customer_id":9007199254740993,"status":"PAID","total":123456.7,"currency":"EUR",\
                "created_at":"2024-06-24T14:22:32.128413+00:00","city":"Bern","zip":"3011",%s}""".formatted(id, more);
    }

    private static byte[] event(String row) {
        return """
                {"created_at":"2024-06-24T14:22:32.128413","delivery_info":{"current_retry":0,"max_retries":3},\
                "event":{"data":{"new":%s,"old":null},"op":"INSERT",\
                "session_variables":{"x-hasura-role":"user","x-hasura-user-id":"423"},\
                "trace_context":{"sampling_state":"1","span_id":"d609edaf610bade9","trace_id":"c74abd6e9ebbedf2ee5c232e79afdf73"}},\
                "id":"85558393-c75d-4d2f-9c15-e80591b83894","table":{"name":"orders","schema":"public"},\
                "trigger":{"name":"%s"}}""".formatted(row, "TRIGGER").getBytes(StandardCharsets.UTF_8);
    }

    /** The same event for another trigger. */
    static byte[] forTrigger(byte[] event, String trigger) {
        return new String(event, StandardCharsets.UTF_8)
                .replace("\"TRIGGER\"", '"' + trigger + '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the bodies as scripts for wrk. */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        write(directory, "login", login());
        write(directory, "small", forTrigger(smallEvent(), "small"));
        write(directory, "large", forTrigger(largeEvent(), "large"));
        write(directory, "narrow", forTrigger(largeEvent(), "narrow"));
        for (String feature : FeaturesServer.TRIGGERS) {
            byte[] event = forTrigger(smallEvent(), feature);
            write(directory, feature, event);
            writeWithNewIds(directory, feature);
        }
    }

    /** A repeat is no work, so each request needs an id of its own, in every run. */
    private static void writeWithNewIds(Path directory, String name) throws IOException {
        Files.writeString(directory.resolve(name + ".lua"), Files.readString(directory.resolve(name + ".lua")) + """
                        local before, after = wrk.body:match('^(.*"id":")85558393%-c75d%-4d2f%-9c15%-e80591b83894(.*)$')
                        local run = string.format("%x-", os.time() * 1000 + math.floor(os.clock() * 1e6) % 1000)
                        local count = 0
                        request = function()
                          count = count + 1
                          return wrk.format(nil, nil, nil, before .. run .. count .. after)
                        end
                        """);
    }

    private static void write(Path directory, String name, byte[] body) throws IOException {
        Files.write(directory.resolve(name + ".json"), body);
        Files.writeString(directory.resolve(name + ".lua"), """
                local file = io.open("%s", "rb")
                wrk.method = "POST"
                wrk.body = file:read("*a")
                wrk.headers["Content-Type"] = "application/json"
                wrk.headers["X-Webhook-Secret"] = "benchmark-secret-0123456789"
                """.formatted(
                        directory.resolve(name + ".json").toAbsolutePath()));
    }
}
