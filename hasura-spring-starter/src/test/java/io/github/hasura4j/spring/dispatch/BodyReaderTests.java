package io.github.hasura4j.spring.dispatch;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import io.github.hasura4j.spring.WebhookHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BodyReaderTests {

    private static final int LIMIT = 100;

    private final BodyReader reader = new BodyReader(LIMIT);

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static WebhookHeaders declaring(String length) {
        return length == null ? WebhookHeaders.none() : WebhookHeaders.of(Map.of("Content-Length", length));
    }

    /** An input that gives a few bytes at a time, as a network does. */
    private static InputStream trickle(int length) {
        return new FilterInputStream(new ByteArrayInputStream(bytes(length))) {
            @Override
            public int read(byte[] target, int offset, int wanted) throws IOException {
                return super.read(target, offset, Math.min(wanted, 7));
            }
        };
    }

    @ParameterizedTest
    @CsvSource({",0", ",1", ",100", "0,0", "1,1", "99,99", "100,100", "10,99", "10,100", "50,20", "nonsense,30", "-7,30"
    })
    void readsWhatIsThereUpToTheLimit(String declared, int length) {
        assertThat(reader.read(declaring(declared), trickle(length))).isEqualTo(bytes(length));
    }

    @ParameterizedTest
    @CsvSource({",101", ",5000", "101,101", "5000,5000", "101,3", "10,101", "100,101", "99,5000", "99999999999,5"})
    void refusesWhatIsLargerOrSaysSo(String declared, int length) {
        assertThatThrownBy(() -> reader.read(declaring(declared), trickle(length)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(413));
    }

    @Test
    void refusesABodyThatBreaksOff() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThatThrownBy(() -> reader.read(declaring("10"), broken))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
    }
}
