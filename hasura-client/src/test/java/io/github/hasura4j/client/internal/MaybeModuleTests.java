package io.github.hasura4j.client.internal;

import java.util.List;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.hasura4j.payload.Maybe;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MaybeModuleTests {

    private final JsonMapper mapper =
            JsonMapper.builder().addModule(new MaybeModule()).build();

    record Change(Maybe<String> name, Maybe<List<Integer>> sizes) {}

    static class Bean {

        public Maybe<String> name = Maybe.absent();
    }

    @Test
    void tellsAbsentFromNullInARecord() {
        assertThat(mapper.readValue("{}", Change.class)).isEqualTo(new Change(Maybe.absent(), Maybe.absent()));
        assertThat(mapper.readValue("{\"name\": null}", Change.class))
                .isEqualTo(new Change(Maybe.of(null), Maybe.absent()));
        assertThat(mapper.readValue("{\"name\": \"x\", \"sizes\": [1, 2]}", Change.class))
                .isEqualTo(new Change(Maybe.of("x"), Maybe.of(List.of(1, 2))));
    }

    @Test
    void tellsAbsentFromNullInABean() {
        assertThat(mapper.readValue("{}", Bean.class).name).isSameAs(Maybe.absent());
        assertThat(mapper.readValue("{\"name\": null}", Bean.class).name.isNull())
                .isTrue();
    }

    @Test
    void leavesOutWhatIsAbsentAndWritesNullThatWasGiven() {
        assertThat(mapper.writeValueAsString(new Change(Maybe.absent(), Maybe.of(null))))
                .isEqualTo("{\"sizes\":null}");
        assertThat(mapper.writeValueAsString(new Change(Maybe.of("x"), Maybe.of(List.of(1)))))
                .isEqualTo("{\"name\":\"x\",\"sizes\":[1]}");
    }

    @Test
    void writesNullThatWasGivenWhereOtherNullsAreLeftOut() {
        JsonMapper sparing = JsonMapper.builder()
                .changeDefaultPropertyInclusion(
                        any -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .addModule(new MaybeModule())
                .build();
        assertThat(sparing.writeValueAsString(new Change(Maybe.absent(), Maybe.of(null))))
                .isEqualTo("{\"sizes\":null}");
    }

    @Test
    void readsAValueByItself() {
        Maybe<List<Integer>> read = mapper.readValue("[1]", new TypeReference<>() {});
        assertThat(read.get()).containsExactly(1);
    }

    @Test
    void worksThroughACopyOfAMapper() {
        JsonMapper copy = ReadLimits.widen(JsonMapper.shared())
                .addModule(new MaybeModule())
                .build();
        assertThat(copy.readValue("{}", Change.class).name().isGiven()).isFalse();
    }

    @Test
    void saysWhatItIsAndNotWhatIsInIt() {
        assertThat(List.of(Maybe.absent(), Maybe.of(null), Maybe.of("secret")))
                .asString()
                .isEqualTo("[Maybe[absent], Maybe[null], Maybe[given]]");
        assertThat(Maybe.of(1)).isEqualTo(Maybe.of(1)).isNotEqualTo(Maybe.of(2));
        assertThat(Maybe.of(null)).isNotEqualTo(Maybe.absent());
        assertThatThrownBy(() -> Maybe.absent().get())
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("isGiven()");
    }
}
