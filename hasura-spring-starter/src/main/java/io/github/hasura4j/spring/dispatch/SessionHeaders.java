package io.github.hasura4j.spring.dispatch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.WebhookHeaders;
import org.jspecify.annotations.Nullable;

/** Session variables as the engine sends them to remote schemas: one header each. */
final class SessionHeaders {

    private static final String PREFIX = "x-hasura-";

    private SessionHeaders() {}

    /**
     * The session; of a variable that comes twice, nobody knows whose value is whose, so it is left out.
     *
     * @param secretHeader no variable, whatever its name
     */
    static SessionVariables read(WebhookHeaders headers, String secretHeader) {
        Set<String> secrets = Set.of(PREFIX + "admin-secret", secretHeader.toLowerCase(Locale.ROOT));
        Map<String, @Nullable String> variables = new LinkedHashMap<>();
        for (String name : headers.names()) {
            List<String> values = headers.all(name);
            if (name.startsWith(PREFIX) && !secrets.contains(name) && values.size() == 1) {
                variables.put(name, asSent(values.get(0)));
            }
        }
        return SessionVariables.of(variables);
    }

    /** The text that the engine sent in UTF-8, and that servers read byte by byte. */
    private static String asSent(String value) {
        if (value.chars().allMatch(each -> each < 0x80) || value.chars().anyMatch(each -> each > 0xff)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}
