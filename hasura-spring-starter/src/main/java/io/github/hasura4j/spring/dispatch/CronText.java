package io.github.hasura4j.spring.dispatch;

import java.util.regex.Pattern;

import org.springframework.scheduling.support.CronExpression;

/** The engine's cron texts: five fields, no seconds ({@code webhooks.md} 3). */
final class CronText {

    private static final Pattern FIVE_FIELDS = Pattern.compile("[0-9A-Za-z*,/-]+( [0-9A-Za-z*,/-]+){4}");

    private CronText() {}

    /** @throws InvalidHandlerException if the text is neither empty nor a time that comes */
    static void require(HandlerMethod handler, String cron) {
        if (cron.isEmpty()) {
            return;
        }
        String text = cron.strip().replaceAll("\\s+", " ");
        boolean good = FIVE_FIELDS.matcher(text).matches();
        if (good) {
            try {
                CronExpression.parse("0 " + text);
            } catch (IllegalArgumentException e) {
                good = false;
            }
        }
        if (!good) {
            throw new InvalidHandlerException("""
                    %s has the cron text '%s', which the engine does not understand. It takes five fields, minute, hour, day of \
                    month, month and day of week, such as '0 22 * * 1-5'""".formatted(handler, cron));
        }
    }
}
