package io.github.hasura4j.test.engine.schedule;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** When a cron expression comes true next. */
class CronScheduleTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *         | 2024-02-28T23:59:30Z | 2024-02-29T00:00:00Z
            */15 * * * *      | 2024-02-28T12:00:00Z | 2024-02-28T12:15:00Z
            5/20 * * * *      | 2024-02-28T12:06:00Z | 2024-02-28T12:25:00Z
            0 22 * * *        | 2024-02-28T22:00:00Z | 2024-02-29T22:00:00Z
            0 0 31 * *        | 2024-04-01T00:00:00Z | 2024-05-31T00:00:00Z
            0 0 29 2 *        | 2024-03-01T00:00:00Z | 2028-02-29T00:00:00Z
            30 9 * * 1-5      | 2024-06-21T10:00:00Z | 2024-06-24T09:30:00Z
            0 0 * * 7         | 2024-06-24T00:00:00Z | 2024-06-30T00:00:00Z
            0 0 13 * 5        | 2024-06-12T00:00:00Z | 2024-06-13T00:00:00Z
            0 0 13 * 5        | 2024-06-13T00:00:00Z | 2024-06-14T00:00:00Z
            10,20 8-10/2 * * *| 2024-06-13T08:20:00Z | 2024-06-13T10:10:00Z
            @hourly           | 2024-06-13T08:20:00Z | 2024-06-13T09:00:00Z
            0 12 * 1,7 *      | 2024-02-01T00:00:00Z | 2024-07-01T12:00:00Z
            """)
    void comesTrueNext(String expression, Instant after, Instant next) {
        assertThat(CronSchedule.parse(expression).next(after)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "*/0 * * * *",
                "5-1 * * * *",
                "a * * * *",
                "1, * * * *"
            })
    void refusesWhatIsNoExpression(String expression) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> CronSchedule.parse(expression));
    }

    @Test
    void refusesWhatNeverComesTrue() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> CronSchedule.parse("0 0 30 2 *"))
                .withMessageContaining("never comes true");
    }
}
