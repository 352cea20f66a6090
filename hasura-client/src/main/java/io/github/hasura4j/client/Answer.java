package io.github.hasura4j.client;

import java.lang.reflect.Type;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.client.HasuraTransportException.Sent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of one answer, read when somebody asks: typed values in one pass from the bytes to the type, the tree and the
 * errors once each. Immutable to the outside, and safe to share.
 */
final class Answer {

    /** Jackson names the limit by its getter. */
    private static final Pattern LIMIT = Pattern.compile("get(Max\\w+)\\(\\)");

    private static final int ALONE = -1;

    private static final List<byte[]> OPENING = Stream.of("{", "\"data\"", ":")
            .map(text -> text.getBytes(StandardCharsets.US_ASCII))
            .toList();

    private final GraphQlRequest request;
    private final byte[] body;
    private final JsonMapper mapper;
    private final int status;
    private final HttpHeaders headers;
    private final boolean beginsWithData;
    private volatile @Nullable Tree tree;
    private volatile @Nullable Told told;

    private Answer(
            GraphQlRequest request,
            byte[] body,
            JsonMapper mapper,
            int status,
            HttpHeaders headers,
            boolean beginsWithData) {
        this.request = request;
        this.body = body;
        this.mapper = mapper;
        this.status = status;
        this.headers = headers;
        this.beginsWithData = beginsWithData;
    }

    /** Takes the bytes if they begin like an answer; what is inside is found when it is read. */
    static Answer of(GraphQlRequest request, byte[] body, JsonMapper mapper, int status, HttpHeaders headers) {
        boolean success = status / 100 == 2;
        Answer answer = new Answer(request, body, mapper, status, headers, success && beginsWithData(body));
        if (!success) {
            answer.refuseUnlessErrors();
        }
        if (!answer.beginsWithData) {
            answer.refuseUnlessObject();
        }
        return answer;
    }

    private void refuseUnlessObject() {
        try (JsonParser parser = mapper.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notGraphQl(null);
            }
        } catch (JacksonException e) {
            throw notGraphQl(e);
        }
    }

    /** Whether it begins with data that is not null, as nearly every answer does. By hand: it is asked of every answer. */
    private static boolean beginsWithData(byte[] body) {
        int at = skipBlanks(body, 0);
        for (byte[] expected : OPENING) {
            if (!Arrays.equals(body, at, Math.min(at + expected.length, body.length), expected, 0, expected.length)) {
                return false;
            }
            at = skipBlanks(body, at + expected.length);
        }
        return at < body.length && body[at] != 'n';
    }

    private static int skipBlanks(byte[] body, int from) {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** The answers to an operation's requests, in their order; what comes instead of a batch's list counts for each. */
    static List<Answer> all(
            ClientOperation operation, byte[] body, JsonMapper mapper, int status, HttpHeaders headers) {
        List<GraphQlRequest> requests = operation.requests();
        if (!operation.isBatch()) {
            return List.of(of(requests.get(0), body, mapper, status, headers));
        }
        List<byte[]> parts = parts(body, mapper);
        if (parts.isEmpty()) {
            return requests.stream()
                    .map(request -> of(request, body, mapper, status, headers))
                    .toList();
        }
        if (parts.size() != requests.size()) {
            throw new HasuraTransportException(
                    "%s got %d answers".formatted(operation.shown(), parts.size()),
                    Reason.NOT_GRAPHQL,
                    Sent.YES,
                    status,
                    null);
        }
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            answers.add(of(requests.get(i), parts.get(i), mapper, status, headers));
        }
        return Collections.unmodifiableList(answers);
    }

    /** The elements of a list, as they are; none if it is something else. */
    private static List<byte[]> parts(byte[] body, JsonMapper mapper) {
        List<byte[]> parts = new ArrayList<>();
        try (JsonParser parser = mapper.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return List.of();
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int to = (int) parser.currentTokenLocation().getByteOffset() + 1; // It stands on the closing brace.
                parts.add(Arrays.copyOfRange(body, from, to));
            }
            return parser.currentToken() == JsonToken.END_ARRAY ? parts : List.of();
        } catch (JacksonException e) {
            return List.of(); // Read as a single answer, it is told apart.
        }
    }

    GraphQlRequest request() {
        return request;
    }

    int status() {
        return status;
    }

    HttpHeaders headers() {
        return headers;
    }

    /** Whether both stand for one answer to several requests. */
    boolean isSameAs(Answer other) {
        return body == other.body;
    }

    /** The same answer, read by another mapper. */
    Answer readBy(JsonMapper other) {
        return new Answer(request, body, other, status, headers, beginsWithData);
    }

    /** Whether it may be all about errors, as those of the engine itself are; {@link #errors} reads the whole to be sure. */
    boolean mayHaveErrors() {
        return !beginsWithData;
    }

    private boolean hasSuccess() {
        return status / 100 == 2;
    }

    private void refuseUnlessErrors() {
        try {
            if (!errors().isEmpty()) {
                return;
            }
        } catch (HasuraTransportException e) {
            // The status says more than that.
        }
        String advice = switch (status / 100) {
            case 3 -> " Redirects are not followed: give the final address as the endpoint.";
            case 4 -> " Is that the engine's address, and is nothing in front of it asking for credentials?";
            default -> "";
        };
        throw new HasuraTransportException(
                "Operation '%s' got HTTP status %d instead of a GraphQL answer.%s"
                        .formatted(request.shownName(), status, advice),
                Reason.STATUS,
                Sent.YES,
                status,
                RetryAfter.of(headers),
                null);
    }

    /** The answer's {@code data}, errors or not; null if there is none or it is null. */
    @Nullable
    JsonNode partialTree() {
        Tree known = tree;
        if (known == null) {
            known = readTree();
            tree = known;
        }
        return known.data();
    }

    JsonNode treeOrThrow() {
        throwErrors();
        JsonNode data = partialTree();
        if (data == null) {
            throw new HasuraDecodingException(request, "", JsonNode.class, "null", "", null);
        }
        return data;
    }

    private Tree readTree() {
        try (JsonParser parser = mapper.createParser(body)) {
            ObjectReader reader = treeReader();
            JsonNode data = null;
            boolean hasMore = false;
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("data")) {
                    data = token == JsonToken.VALUE_NULL ? null : reader.readValue(parser);
                } else {
                    hasMore = true;
                    parser.skipChildren();
                }
            }
            if (data != null && !hasMore) {
                told = Told.DATA_ONLY;
            }
            return new Tree(data);
        } catch (JacksonException e) {
            throw notGraphQl(e);
        }
    }

    List<GraphQlError> errors() {
        return told().errors();
    }

    /** Whether there is {@code data} at all, even if it is null: beside errors only a remote schema has it. */
    boolean hasDataKey() {
        return told().hasData();
    }

    private Told told() {
        Told known = told;
        if (known == null) {
            known = readErrors();
            told = known;
        }
        return known;
    }

    private void throwErrors() {
        if (!errors().isEmpty()) {
            throw HasuraGraphQlException.of(request, errors(), this);
        }
    }

    /** All three shapes: {@code errors} as the specification has them, the old one inside it, the old one instead of it. */
    private Told readErrors() {
        try (JsonParser parser = mapper.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notGraphQl(null);
            }
            boolean hasData = false;
            JsonNode listed = null;
            Map<String, JsonNode> rest = new LinkedHashMap<>();
            ObjectReader reader = treeReader();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("data")) {
                    hasData = true;
                    parser.skipChildren();
                } else if (token != JsonToken.VALUE_NULL) {
                    JsonNode value = reader.readValue(parser);
                    if (name.equals("errors")) {
                        listed = value;
                    } else {
                        rest.put(name, value);
                    }
                }
            }
            List<GraphQlError> found = new ArrayList<>();
            if (listed != null && listed.isArray()) {
                listed.forEach(each -> found.add(error(each)));
            } else if (listed != null && hasSuccess()) {
                found.add(error(listed));
            } else if (!hasData && isOldShape(rest)) {
                found.add(error(mapper.valueToTree(rest)));
            }
            if (found.isEmpty() && !hasData) {
                throw notGraphQl(null);
            }
            return new Told(Collections.unmodifiableList(found), hasData);
        } catch (JacksonException e) {
            throw notGraphQl(e);
        }
    }

    /** With another status than 2xx it has to look like the engine's in full: gateways and frameworks have bodies like that too. */
    private boolean isOldShape(Map<String, JsonNode> body) {
        JsonNode code = body.get("code");
        JsonNode path = body.get("path");
        return hasSuccess()
                ? code != null || body.containsKey("error")
                : code != null
                        && code.isString()
                        && path != null
                        && path.isString()
                        && path.stringValue().startsWith("$");
    }

    private GraphQlError error(JsonNode error) {
        JsonNode extensions = error.path("extensions");
        String message = text(error.path("message"));
        if (message == null) {
            message = text(error.path("error"));
        }
        String code = text(extensions.path("code"));
        String path = path(extensions.path("path"));
        return new GraphQlError(
                message != null ? message : "(no message)",
                code != null ? code : text(error.path("code")),
                path != null ? path : path(error.path("path")),
                extensions.isObject() ? entries(extensions) : Map.of());
    }

    private Map<String, @Nullable Object> entries(JsonNode object) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        object.properties()
                .forEach(each -> entries.put(
                        each.getKey(),
                        each.getValue().isNull() ? null : mapper.treeToValue(each.getValue(), Object.class)));
        return entries;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : node.isNumber() ? node.asString() : null;
    }

    /** The engine's path is text; a remote schema sends the list of the specification. */
    private static @Nullable String path(JsonNode node) {
        if (!node.isArray()) {
            return text(node);
        }
        StringBuilder path = new StringBuilder();
        node.forEach(each -> {
            if (each.isNumber()) {
                path.append('[').append(each.asString()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(each.asString());
            }
        });
        return path.toString();
    }

    /** All data as this type, errors or not; null if there is none, or if what came beside errors does not fit. */
    <T> Result<T> result(Type type) {
        try {
            return new Result<>(this, value("", type));
        } catch (HasuraGraphQlException e) {
            return new Result<>(this, partial(type));
        }
    }

    private <T> @Nullable T partial(Type type) {
        JsonNode tree = partialTree();
        try {
            return tree == null ? null : mapper.treeToValue(tree, mapper.constructType(type));
        } catch (JacksonException e) {
            return null; // The errors are the reason, and they are told.
        }
    }

    /** The value at the path, or null if it or something above it is null. */
    <T> @Nullable T value(String path, Type type) {
        JavaType javaType = mapper.constructType(type);
        return read(
                path,
                javaType,
                (parser, reader) -> this.<T>bind(parser, () -> reader.readValue(parser), path, ALONE, javaType));
    }

    /** The value at the path, which must not be null. */
    <T> T required(String path, Type type) {
        T value = value(path, type);
        if (value == null) {
            throw new HasuraDecodingException(
                    request, path, raw(type), "null", "Use fetchOptional if that can happen.", null);
        }
        return value;
    }

    Class<?> raw(Type type) {
        return mapper.constructType(type).getRawClass();
    }

    /** The elements of the list at the path; none for null. */
    <T> List<T> list(String path, Type elements, boolean orSingle) {
        JavaType type = mapper.constructType(elements);
        List<T> list = read(path, type, (parser, reader) -> {
            if (!parser.isExpectedStartArrayToken()) {
                if (orSingle) {
                    return List.of(this.<T>bind(parser, () -> reader.readValue(parser), path, ALONE, type));
                }
                throw new HasuraDecodingException(
                        request,
                        path,
                        type.getRawClass(),
                        kind(parser),
                        "fetchList wants a list; use fetch for one value.",
                        null);
            }
            List<T> read = new ArrayList<>();
            parser.clearCurrentToken(); // So that the iterator itself looks for the first element, or the end.
            MappingIterator<T> values = reader.readValues(parser); // One context for all of them.
            while (values.hasNextValue()) {
                if (parser.currentToken() == JsonToken.VALUE_NULL) {
                    throw new HasuraDecodingException(
                            request,
                            place(path, read.size()),
                            type.getRawClass(),
                            "null",
                            "Read the whole list as one value to get its nulls.",
                            null);
                }
                read.add(bind(parser, values::nextValue, path, read.size(), type));
            }
            return Collections.unmodifiableList(read);
        });
        return list == null ? List.of() : list;
    }

    private <R> @Nullable R read(String path, JavaType type, Binding<R> binding) {
        try {
            return readInOnePass(path, type, binding);
        } catch (HasuraDecodingException e) {
            throwErrors(); // They are the reason why the data is not what it should be.
            throw e;
        }
    }

    private <R> @Nullable R readInOnePass(String path, JavaType type, Binding<R> binding) {
        R value = null;
        boolean hasData = false;
        boolean hasMore = false;
        try (JsonParser parser = mapper.createParser(body)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (name.equals("data") && !hasData) {
                    hasData = true;
                    value = descend(parser, path, type, binding);
                } else {
                    hasMore = true;
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw notGraphQl(e);
        }
        if (hasMore || !hasData) {
            throwErrors();
        } else {
            told = Told.DATA_ONLY;
        }
        return value;
    }

    /** Binds what is at the path and leaves the parser at the end of {@code data}. */
    private <R> @Nullable R descend(JsonParser parser, String path, JavaType type, Binding<R> binding) {
        int depth = 0;
        int from = path.isEmpty() ? 1 : 0;
        while (from <= path.length() && parser.currentToken() != JsonToken.VALUE_NULL) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new HasuraDecodingException(
                        request,
                        path.substring(0, Math.max(0, from - 1)),
                        type.getRawClass(),
                        kind(parser),
                        "A path leads through objects only.",
                        null);
            }
            int dot = path.indexOf('.', from);
            int to = dot < 0 ? path.length() : dot;
            enter(parser, path, from, to, type.getRawClass());
            depth++;
            from = to + 1;
        }
        R value = parser.currentToken() == JsonToken.VALUE_NULL ? null : binding.bind(parser, reader(type));
        for (; depth > 0; depth--) {
            while (parser.nextName() != null) {
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return value;
    }

    /** Goes to the property that this part of the path names. */
    private void enter(JsonParser parser, String path, int from, int to, Class<?> type) {
        String segment = path.substring(from, to);
        List<String> others = new ArrayList<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (name.equals(segment)) {
                return;
            }
            others.add(name);
            parser.skipChildren();
        }
        throw new HasuraDecodingException(
                request, path.substring(0, to), type, "nothing", Names.alternatives(segment, others), null);
    }

    /** @param index of the element of the list at the path, or {@link #ALONE}; for messages only, so no text is made of it before */
    private <T> T bind(JsonParser parser, Supplier<@Nullable T> reading, String path, int index, JavaType type) {
        try {
            T value = reading.get();
            if (value == null) {
                throw new HasuraDecodingException(
                        request, place(path, index), type.getRawClass(), "something read as null", "", null);
            }
            return value;
        } catch (InputCoercionException e) {
            throw decoding(e, place(path, index), e.getTargetType(), "a number that is too large");
        } catch (StreamReadException | StreamConstraintsException e) {
            throw notGraphQl(e);
        } catch (ValueInstantiationException e) {
            Throwable refusal = e.getCause() == null ? e : e.getCause();
            throw decoding(
                    e,
                    place(path, index),
                    e.getType().getRawClass(),
                    "a value that its constructor refuses (%s)"
                            .formatted(refusal.getClass().getSimpleName()));
        } catch (InvalidFormatException e) {
            throw decoding(e, place(path, index), e.getTargetType(), kind(e.getValue()));
        } catch (MismatchedInputException e) {
            throw decoding(e, place(path, index), e.getTargetType(), kind(parser));
        } catch (JacksonException e) {
            throw decoding(e, place(path, index), type.getRawClass(), kind(parser));
        }
    }

    private static String place(String path, int index) {
        return index == ALONE ? path : path + "[" + index + "]";
    }

    private HasuraDecodingException decoding(JacksonException e, String path, @Nullable Class<?> wanted, String found) {
        StringBuilder place = new StringBuilder(path);
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return new HasuraDecodingException(
                request,
                place.toString(),
                wanted == null ? Object.class : wanted,
                found,
                "",
                HasuraException.withoutMessage(e));
    }

    private static String kind(@Nullable Object value) {
        return value == null
                ? "null"
                : value instanceof CharSequence
                        ? "text"
                        : value instanceof Number ? "a number" : value instanceof Boolean ? "a boolean" : "a value";
    }

    private static String kind(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            token = parser.getLastClearedToken(); // What an iterator that failed has cleared.
        }
        if (token == null) {
            return "a value";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "a value";
        };
    }

    // The value is in the middle of the answer: Jackson 3 would take the rest for an accident.
    private ObjectReader reader(JavaType type) {
        return mapper.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private ObjectReader treeReader() {
        return reader(mapper.constructType(JsonNode.class));
    }

    private HasuraTransportException notGraphQl(@Nullable JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamConstraintsException beyond) {
                return beyondLimit(beyond);
            }
        }
        return new HasuraTransportException(
                "Operation '%s' got an answer (HTTP status %d, %d bytes) that is not GraphQL. Is the endpoint the engine's /v1/graphql?"
                        .formatted(request.shownName(), status, body.length),
                Reason.NOT_GRAPHQL,
                Sent.YES,
                status,
                e == null ? null : HasuraException.withoutMessage(e));
    }

    private HasuraTransportException beyondLimit(StreamConstraintsException e) {
        Matcher limit = LIMIT.matcher(e.getOriginalMessage());
        return new HasuraTransportException(
                "Operation '%s' got an answer (HTTP status %d, %d bytes) that goes beyond a limit of the JSON mapper%s. Ask for less, or raise the limit in the StreamReadConstraints of the mapper given to jsonMapper(…)."
                        .formatted(
                                request.shownName(),
                                status,
                                body.length,
                                limit.find() ? " (" + limit.group(1) + ")" : ""),
                Reason.LIMIT,
                Sent.YES,
                status,
                HasuraException.withoutMessage(e));
    }

    private interface Binding<R> {
        R bind(JsonParser parser, ObjectReader reader);
    }

    private record Tree(@Nullable JsonNode data) {}

    private record Told(List<GraphQlError> errors, boolean hasData) {

        static final Told DATA_ONLY = new Told(List.of(), true);
    }
}
