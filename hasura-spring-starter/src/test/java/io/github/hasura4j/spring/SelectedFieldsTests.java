package io.github.hasura4j.spring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.ActionReference;
import io.github.hasura4j.payload.SessionVariables;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class SelectedFieldsTests {

    private static SelectedFields wanted(String document) {
        return SelectedFields.from("report", document);
    }

    @Nested
    class OfADocument {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            # one call
            query { report { title chart } }                                   | title chart
            { report { title } }                                               | title
            mutation M { report { title } }                                    | title
            query Q($month: Int!) { report(month: $month) { title } }          | title
            { report(in: {a: [{b: "} chart {"}], c: C}) { title } }            | title
            { report { title, # chart ↵ } }                                    | title
            query Q @cached(ttl: 60) { report { title } }                      | title
            { report }                                                         | ''
            { report { owner { name address { city } } title } }               | owner{name address{city}} title

            # aliases do not matter, __typename is nobody's business
            { mine: report { heading: title } }                                | title
            { report { title heading: title } }                                | title
            { report { a: owner { name } b: owner { city name } } }            | owner{name city}
            { __typename report { __typename title owner { __typename } } }    | title owner

            # fragments
            { report { ...F chart } } fragment F on Report { title }           | title chart
            { report { ... on Report { title } ... { chart } } }               | title chart
            { report { owner { ...P } ...F } } fragment F on Report { owner { ...P city } } fragment P on Person { name } | owner{name city}
            { ...R } fragment R on query_root { report { title } }             | title
            { ... on query_root { ... { report { title } } } }                 | title
            { report { ...F ...F } } fragment F on Report { title }            | title
            { report { title ...Missing } }                                    | title
            { report { ...F } } fragment F on R { title } fragment F on R { chart } | title chart

            # literal conditions hold, others count
            { report { title chart @include(if: false) } }                     | title
            { report { title chart @skip(if: true) } }                         | title
            { report { title chart @include(if: true) @skip(if: false) } }     | title chart
            { report { title chart @include(if: true) @skip(if: true) } }      | title
            query Q($v: Boolean! = false) { report { title chart @include(if: $v) } } | title chart
            query Q($v: Boolean!) { report { title chart @skip(if: $v) } }     | title chart
            query Q($v: Boolean!) { report { title chart @skip(if: $v) @include(if: false) } } | title
            { report { title ... @include(if: false) { chart } } }             | title
            { report { title ...F @skip(if: true) } } fragment F on R { chart } | title
            { report { ...F @skip(if: true) title ...F } } fragment F on R { chart } | title chart
            { report { chart @include(if: false) chart } }                     | chart
            { report { title @other(if: false) } }                             | title
            { report @include(if: false) { chart } b: report { title } }       | title

            # several calls
            { report { title } b: report(month: 2) { chart } }                 | title chart
            { report { title owner { name } } b: report { owner { city } } }   | title owner{name city}
            query A { report { title } } query B { report { chart } }          | title chart
            query A { report { title } } query B { other { chart } }           | title

            # the same name elsewhere
            { other { report { chart } } report { title } }                    | title
            { report { report { title } } }                                    | report{title}
            { report: other { chart } b: report { title } }                    | title
            { report { title } } fragment F on query_root { report { chart } } | title
            query report { report { title } }                                  | title
            """)
        void areAllThatAnyCallOfTheActionMayAskFor(String document, String fields) {
            SelectedFields wanted = wanted(document.replace('↵', '\n'));
            assertThat(wanted.known()).isTrue();
            assertThat(shape(wanted)).isEqualTo(fields);
        }

        private static String shape(SelectedFields fields) {
            return fields.names().stream()
                    .map(name -> name
                            + (fields.at(name).isEmpty()
                                    ? ""
                                    : shape(fields.at(name)).transform("{%s}"::formatted)))
                    .collect(Collectors.joining(" "));
        }
    }

    @Nested
    class Questions {

        private final SelectedFields wanted = wanted("{ report { title owner { name address { city } } } }");

        @ParameterizedTest
        @CsvSource({
            "title, true",
            "chart, false",
            "owner, true",
            "owner.name, true",
            "owner.age, false",
            "owner.address.city, true",
            "owner.address.street, false",
            "title.name, false",
            "chart.width.unit, false",
            "__typename, false"
        })
        void askForAFieldByItsPath(String path, boolean has) {
            assertThat(wanted.has(path)).isEqualTo(has);
        }

        @Test
        void leadBelowAField() {
            assertThat(wanted.at("owner").names()).containsExactly("name", "address");
            assertThat(wanted.at("owner").at("address").has("city")).isTrue();
            assertThat(wanted.at("owner.address").names()).containsExactly("city");
        }

        @Test
        void findNothingBelowAScalarOrAFieldThatIsNotWanted() {
            for (String path : List.of("title", "title.any", "chart", "chart.width")) {
                assertThat(wanted.at(path).isEmpty()).isTrue();
                assertThat(wanted.at(path).known()).isTrue();
                assertThat(wanted.at(path).names()).isEmpty();
            }
            assertThat(wanted.isEmpty()).isFalse();
        }

        @Test
        void cannotChangeTheAnswer() {
            assertThatThrownBy(() -> wanted.names().clear()).isInstanceOf(UnsupportedOperationException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "owner.", ".owner", "owner..name", "owner name", "owner/name", "1st", "größe"})
        void refuseWhatIsNoPath(String path) {
            for (SelectedFields any : List.of(wanted, SelectedFields.unknown())) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> any.has(path))
                        .withMessage(
                                "'%s' is no path of field names. Write names as in the schema, with dots between: owner.city",
                                path);
                assertThatIllegalArgumentException().isThrownBy(() -> any.at(path));
            }
        }

        @Test
        void showNamesOnly() {
            assertThat(wanted("{ report(password: \"hunter2\") { title owner { name } } }"))
                    .hasToString("SelectedFields[title, owner]");
            assertThat(SelectedFields.unknown()).hasToString("SelectedFields[unknown]");
        }
    }

    @Nested
    class WithoutInformation {

        @ParameterizedTest
        @MethodSource("documents")
        void everythingCountsAsWanted(String document) {
            SelectedFields wanted = wanted(document);
            assertThat(wanted.known()).isFalse();
            assertThat(wanted.has("chart")).isTrue();
            assertThat(wanted.has("owner.address.city")).isTrue();
            assertThat(wanted.at("owner.address").has("city")).isTrue();
            assertThat(wanted.at("owner").known()).isFalse();
            assertThat(wanted.isEmpty()).isFalse();
            assertThat(wanted.names()).isEmpty();
        }

        static Stream<Arguments> documents() {
            return Stream.of(
                    argumentSet("no document: asynchronous, or an old engine", (Object) null),
                    argumentSet("empty", ""),
                    argumentSet("no GraphQL", "{\"a\": 1}"),
                    argumentSet("cut off", "{ report { title"),
                    argumentSet("a number the parser chokes on", "{ report(a: 1e99999999999) { title } }"),
                    argumentSet("half a character", "{ report(a: \"\ud83d\") { title } }"),
                    argumentSet("another action", "{ other { title } }"),
                    argumentSet("the action below another field", "{ other { report { title } } }"),
                    argumentSet("the action as an alias", "{ report: other { title } }"),
                    argumentSet("the action left out", "{ report @skip(if: true) { title } other }"),
                    argumentSet("no operation", "fragment F on query_root { report { title } }"),
                    argumentSet("too many tokens", "{ report { " + "title ".repeat(60_000) + "} }"),
                    argumentSet("too many characters", "{ report(a: \"" + "x".repeat(1_100_000) + "\") { title } }"),
                    argumentSet("too much white space", "{ report { title " + ",".repeat(250_000) + " } }"),
                    argumentSet("too many digits", "{ report(a: " + "9".repeat(60_000) + ") { title } }"),
                    argumentSet("too deep", "{ report { " + "a { ".repeat(2_000) + "b" + " }".repeat(2_000) + " } }"),
                    argumentSet(
                            "too deep an argument",
                            "{ report(a: " + "[".repeat(20_000) + "]".repeat(20_000) + ") { title } }"));
        }
    }

    @Nested
    class OfHostileDocuments {

        @Test
        void mayBeLargerThanTheParsersDefaultAllows() {
            assertThat(wanted("{ report { " + "title ".repeat(40_000) + "} }").names())
                    .containsExactly("title");
        }

        @Test
        void mayBeAHundredLevelsDeep() {
            assertThat(wanted("{ report { " + "a { ".repeat(100) + "b" + " }".repeat(100) + " } }")
                            .has("a.".repeat(100) + "b"))
                    .isTrue();
        }

        @Test
        void mayHaveFragmentsThatSpreadThemselves() {
            SelectedFields wanted = wanted("""
                    { report { ...A } } fragment A on T { title parent { ...A } ...B } fragment B on T { chart ...A }""");
            assertThat(wanted.names()).containsExactly("title", "parent", "chart");
            assertThat(wanted.has("parent.".repeat(50) + "chart")).isTrue();
            assertThat(wanted.has("parent.".repeat(50) + "owner")).isFalse();
        }

        @Test
        void mayHaveFragmentsThatDoubleAtEachLevel() {
            String fragments = IntStream.range(0, 1_000)
                    .mapToObj(i -> "fragment F%1$d on T { a { ...F%2$d } x: a { ...F%2$d } b { ...F%2$d } }"
                            .formatted(i, i + 1))
                    .collect(Collectors.joining("\n"));
            SelectedFields wanted = wanted("{ report { ...F0 } } " + fragments);
            assertThat(wanted.has("a.b.".repeat(499) + "a")).isTrue();
            assertThat(wanted.has("a.b.".repeat(499) + "c")).isFalse();
        }

        @Test
        void mayHaveALongChainOfFragments() {
            String fragments = IntStream.range(0, 6_000)
                    .mapToObj(i -> "fragment F%d on T { ...F%d }".formatted(i, i + 1))
                    .collect(Collectors.joining("\n"));
            assertThat(wanted("{ report { ...F0 } } " + fragments + " fragment F6000 on T { title }")
                            .names())
                    .containsExactly("title");
        }
    }

    @Nested
    class OfAPayload {

        @Test
        void areThoseOfItsAction() {
            assertThat(payload("{ report { title } other { chart } }").names()).containsExactly("title");
        }

        @Test
        void areUnknownWithoutADocument() {
            assertThat(payload(null).known()).isFalse();
        }

        private static SelectedFields payload(String document) {
            return SelectedFields.from(
                    new ActionPayload<>(new ActionReference("report"), "input", SessionVariables.empty(), document));
        }
    }

    @Nested
    class Reading {

        private final AtomicInteger reads = new AtomicInteger();

        private final SelectedFields counted = new SelectedFields(() -> {
            reads.incrementAndGet();
            return null;
        });

        @Test
        void waitsForTheFirstQuestion() {
            assertThat(reads).hasValue(0);
            counted.has("title");
            counted.names();
            counted.at("owner").has("name");
            assertThat(reads).hasValue(1);
        }

        @Test
        void happensOnceForManyThreads() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                Callable<Boolean> question = counted::known;
                for (Future<Boolean> answer : threads.invokeAll(Collections.nCopies(64, question))) {
                    assertThat(answer.get()).isFalse();
                }
            } finally {
                threads.shutdown();
            }
            assertThat(reads).hasValue(1);
        }

        @Test
        void happensForALevelOnlyWhenItIsAskedFor() {
            List<String> read = new ArrayList<>();
            SelectedFields top = new SelectedFields(() -> Map.of("owner", new SelectedFields(() -> {
                read.add("owner");
                return Map.of();
            })));
            assertThat(top.has("owner")).isTrue();
            assertThat(read).isEmpty();
            assertThat(top.has("owner.name")).isFalse();
            assertThat(read).containsExactly("owner");
        }
    }
}
