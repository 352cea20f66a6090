package io.github.hasura4j.spring.metadata;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.ActionMetadata.Argument;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.Maybe;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.ActionResult;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraType;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What of a handler becomes what of the metadata. */
class MetadataDerivationTests {

    record Everything(
            UUID uuid,
            OffsetDateTime at,
            Instant instant,
            LocalDate date,
            LocalTime time,
            BigDecimal price,
            long count,
            int number,
            double ratio,
            boolean flag,
            String text,
            JsonNode json,
            Map<String, String> map,
            byte[] bytes,
            @HasuraType("citext") String email,
            List<@Nullable String> holes,
            int[][] grid,
            Optional<String> optional,
            Maybe<Long> maybe,
            @Nullable Integer boxed,
            @JsonProperty("renamed") String other,
            @JsonIgnore @Nullable String hidden,
            Code code) {}

    record Code(@JsonValue String value) {}

    static class Echo {

        @HasuraAction
        Everything echo(@HasuraType("citext") String email, List<Long> ids, @Nullable String note) {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            uuid,     uuid!
            at,       timestamptz!
            instant,  timestamptz!
            date,     date!
            time,     time!
            price,    numeric!
            count,    bigint!
            number,   Int!
            ratio,    Float!
            flag,     Boolean!
            text,     String!
            json,     jsonb!
            map,      jsonb!
            bytes,    String!
            email,    citext!
            holes,    [String]!
            grid,     [[Int!]!]!
            optional, String
            maybe,    bigint
            boxed,    Int
            renamed,  String!
            code,     String!
            """)
    void aPropertyBecomesAField(String name, String type) {
        assertThat(object("Everything", Echo.class).fields())
                .filteredOn(field -> field.name().equals(name))
                .extracting(Argument::type)
                .containsExactly(type);
    }

    @Test
    void fieldsStandInTheOrderOfTheRecordWithoutWhatIsIgnored() {
        assertThat(object("Everything", Echo.class).fields())
                .extracting(Argument::name)
                .startsWith("uuid", "at", "instant")
                .doesNotContain("hidden", "other")
                .endsWith("code");
    }

    @Test
    void singleParametersBecomeArguments() {
        assertThat(action(Echo.class).arguments())
                .extracting(argument -> argument.name() + ": " + argument.type())
                .containsExactly("email: citext!", "ids: [bigint!]!", "note: String");
    }

    @Nested
    class ARecordForTheWholeInput {

        @NullUnmarked
        record Signup(
                @NotBlank String name,
                @NotNull Integer age,
                String nickname,
                @JsonPropertyDescription("where it hurts") String place) {}

        static class Whole {

            @HasuraAction
            String signup(Signup input, SessionVariables session) {
                return "";
            }
        }

        static class InAPayload {

            @HasuraAction
            String signup(ActionPayload<Signup> payload) {
                return "";
            }
        }

        @ParameterizedTest
        @ValueSource(classes = {Whole.class, InAPayload.class})
        void isTheArguments(Class<?> handler) {
            assertThat(action(handler).arguments())
                    .containsExactlyInAnyOrder(
                            new Argument("name", "String!", null),
                            new Argument("age", "Int!", null),
                            new Argument("nickname", "String", null),
                            new Argument("place", "String", "where it hurts"));
            assertThat(Shop.metadata(handler).customTypes().inputObjects()).isEmpty();
        }
    }

    @Nested
    class WhatIsAnswered {

        record Answer(@Nullable String text) {}

        static class Plain {

            @HasuraAction
            Answer now() {
                return new Answer(null);
            }
        }

        static class Later {

            @HasuraAction
            CompletionStage<List<Answer>> later() {
                throw new UnsupportedOperationException();
            }
        }

        static class Reactive {

            @HasuraAction
            Mono<ActionResult<Answer>> reactive() {
                return Mono.empty();
            }
        }

        static class Perhaps {

            @HasuraAction
            Optional<Answer> perhaps() {
                return Optional.empty();
            }
        }

        @NullUnmarked
        static class Unmarked {

            @HasuraAction
            Answer unmarked() {
                return new Answer(null);
            }
        }

        static class Nothing {

            @HasuraAction
            void nothing() {}
        }

        @Test
        void isUnwrapped() {
            assertThat(action(Plain.class).outputType()).isEqualTo("Answer!");
            assertThat(action(Later.class).outputType()).isEqualTo("[Answer!]!");
            assertThat(action(Reactive.class).outputType()).isEqualTo("Answer!");
            assertThat(action(Perhaps.class).outputType()).isEqualTo("Answer");
            assertThat(action(Unmarked.class).outputType()).isEqualTo("Answer");
            assertThat(action(Nothing.class).outputType()).isEqualTo("Boolean");
        }
    }

    @Nested
    class ATypeThatHoldsItself {

        @JsonClassDescription("a place in a tree")
        record Branch(String name, @Nullable List<Branch> children) {}

        static class Trees {

            @HasuraAction
            void plant(List<Branch> roots) {}
        }

        @Test
        void isDescribedOnce() {
            assertThat(Shop.metadata(Trees.class).customTypes().inputObjects())
                    .containsExactly(new CustomTypes.InputObjectType(
                            "Branch",
                            "a place in a tree",
                            List.of(
                                    new Argument("name", "String!", null),
                                    new Argument("children", "[Branch!]", null))));
        }
    }

    @Nested
    class AnEnum {

        enum Colour {
            @JsonProperty("red")
            RED,
            BLUE,
            @JsonEnumDefaultValue
            OTHER
        }

        static class Painting {

            @HasuraAction
            void paint(Colour colour) {}
        }

        @Test
        void hasTheValuesOfJsonWithoutTheFallback() {
            HandlerMetadata metadata = Shop.metadata(Painting.class);
            assertThat(metadata.customTypes().enums())
                    .containsExactly(new CustomTypes.EnumType("Colour", null, List.of("red", "BLUE")));
            assertThat(metadata.openEnums()).containsExactly("Colour");
        }
    }

    @Nested
    class AGenericBaseClass {

        record Gift(int weight) {}

        abstract static class Sending<T> {

            @HasuraAction
            T send(List<T> parcels) {
                throw new UnsupportedOperationException();
            }
        }

        static class SendingGifts extends Sending<Gift> {}

        @HasuraType(input = "GiftInput")
        record Present(int weight) {}

        static class SendingPresents extends Sending<Present> {}

        @Test
        void isResolvedAgainstTheBean() {
            ActionMetadata action = action(SendingPresents.class);
            assertThat(action.arguments()).containsExactly(new Argument("parcels", "[GiftInput!]!", null));
            assertThat(action.outputType()).isEqualTo("Present!");
        }

        @Test
        void doesNotLetAClassBeInputAndOutputUnderOneName() {
            assertThatThrownBy(() -> Shop.metadata(SendingGifts.class))
                    .isInstanceOf(InvalidHandlerException.class)
                    .hasMessageContaining("Gift is both an input and an output")
                    .hasMessageContaining("@HasuraType(input = \"GiftInput\")");
        }
    }

    @Nested
    class WhatTheEngineCannotExpress {

        enum Mood {
            GOOD
        }

        static class ReturnsAnEnum {

            @HasuraAction
            List<Mood> moods() {
                return List.of();
            }
        }

        sealed interface Shape permits Circle {}

        record Circle(int radius) implements Shape {}

        static class ReturnsASealedType {

            @HasuraAction
            Shape shape() {
                return new Circle(1);
            }
        }

        record Page<T>(List<T> rows) {}

        static class ReturnsAGenericType {

            @HasuraAction
            Page<Circle> page() {
                return new Page<>(List.of());
            }
        }

        static class Other {
            record Circle(int size) {}
        }

        static class HasTwoTypesOfAName {

            @HasuraAction
            Circle one() {
                return new Circle(1);
            }

            @HasuraAction
            Other.Circle other() {
                return new Other.Circle(1);
            }
        }

        record Empty() {}

        static class ReturnsNoFields {

            @HasuraAction
            Empty empty() {
                return new Empty();
            }
        }

        static class AsynchronousQuery {

            @HasuraAction(type = HasuraAction.Type.QUERY, kind = HasuraAction.Kind.ASYNCHRONOUS)
            String never() {
                return "";
            }
        }

        static class BadName {

            @HasuraAction("no-name")
            String bad() {
                return "";
            }
        }

        static class ByHand {

            @HasuraEvent(operations = Operation.MANUAL)
            void byHand() {}
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                ReturnsAnEnum       | returns the enum Mood, and actions return objects or scalars only
                ReturnsASealedType  | Shape is sealed, and types of actions have neither interfaces nor unions
                ReturnsAGenericType | Page is generic, and GraphQL types are not
                HasTwoTypesOfAName  | are both called 'Circle'
                ReturnsNoFields     | sees no property of
                AsynchronousQuery   | a query is never asynchronous
                BadName             | cannot be a name in GraphQL
                ByHand              | For invocations by hand say enableManual = true
                """)
        void isRefusedByName(String handler, String rule) throws ClassNotFoundException {
            Class<?> type = Class.forName(getClass().getName() + "$" + handler);
            assertThatThrownBy(() -> Shop.metadata(type))
                    .isInstanceOf(InvalidHandlerException.class)
                    .hasMessageContaining(type.getName())
                    .hasMessageContaining(rule);
        }
    }

    private static ActionMetadata action(Class<?> handler) {
        return Shop.metadata(handler).actions().get(0).action();
    }

    private static CustomTypes.ObjectType object(String name, Class<?> handler) {
        return Shop.metadata(handler).customTypes().objects().stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
