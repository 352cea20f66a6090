package io.github.hasura4j.test.engine;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/** How the engine spells numbers and moments. */
class EngineJsonTests {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-0, 0",
        "100.00, 100.0",
        "1.50, 1.5",
        "0.1, 0.1",
        "0.05, 5.0e-2",
        "-0.0000000001, -1.0e-10",
        "9999999.5, 9999999.5",
        "12345678.9, 1.23456789e7",
        "12345678901234567890.123456789, 1.2345678901234567890123456789e19",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "1e5, 100000",
        "1e1025, 1.0e1025",
        "12e999999999, 1.2e1000000000"
    })
    void spellsNumbersAsTheEngineDoes(String read, String written) {
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(EngineJson.write(EngineJson.parse(read))).isEqualTo(written));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-06-24T22:00:00Z, 2024-06-24T22:00:00Z",
        "2024-06-24T22:00:00.250Z, 2024-06-24T22:00:00.25Z",
        "2024-06-24T22:00:00.000001Z, 2024-06-24T22:00:00.000001Z"
    })
    void writesMomentsWithTheDigitsTheyNeed(Instant moment, String written) {
        assertThat(EngineJson.utc(moment)).isEqualTo(written);
    }

    @Test
    void readsLongNumbers() {
        assertThatNoException().isThrownBy(() -> EngineJson.parse("1".repeat(50_000)));
    }
}
