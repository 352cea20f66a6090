package io.github.hasura4j.payload;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EngineTimestampTests {

    @ParameterizedTest
    @CsvSource({
        "2022-11-24T09:20:30.812345Z, true, 2022-11-24T09:20:30.812345Z",
        "2023-06-06T17:58:29.957389, false, 2023-06-06T17:58:29.957389Z",
        "2024-06-24T14:22:32, false, 2024-06-24T14:22:32Z",
        "2024-06-24T14:22:32.1284130, false, 2024-06-24T14:22:32.128413Z",
        "2024-06-24T14:22:32+02:00, true, 2024-06-24T12:22:32Z",
        "2024-06-24T14:22:32.5+05:30, true, 2024-06-24T08:52:32.5Z",
        "2024-06-24 14:22:32+00, true, 2024-06-24T14:22:32Z"
    })
    void isReadWithAndWithoutZone(String text, boolean zone, Instant expected) {
        EngineTimestamp timestamp = new EngineTimestamp(text);
        assertThat(timestamp.hasZone()).isEqualTo(zone);
        assertThat(timestamp.toInstant()).isEqualTo(expected);
        assertThat(timestamp.text()).isEqualTo(text);
    }

    @Test
    void takesTheZoneOfTheReaderOnlyWhereItHasNone() {
        ZoneId seoul = ZoneId.of("Asia/Seoul");
        assertThat(new EngineTimestamp("2024-06-24T09:00:00").toInstant(seoul)).isEqualTo("2024-06-24T00:00:00Z");
        assertThat(new EngineTimestamp("2024-06-24T09:00:00Z").toInstant(seoul)).isEqualTo("2024-06-24T09:00:00Z");
    }

    @Test
    void keepsATextThatIsNoTimeUntilSomebodyAsks() {
        EngineTimestamp timestamp = new EngineTimestamp("infinity");
        assertThat(timestamp).hasToString("infinity");
        assertThatExceptionOfType(DateTimeParseException.class).isThrownBy(timestamp::toInstant);
    }
}
