package io.github.hasura4j.test.engine.schedule;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.client.project.CronTriggerMetadata;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.transform.Transforms;
import org.jspecify.annotations.Nullable;

/** The cron triggers there are. About a hundred occurrences of each are written down in advance, as in the real engine. */
final class CronTriggers {

    private static final int IN_ADVANCE = 100;

    private final ScheduleLog log;
    private final Environment environment;
    private final Clock clock;
    private volatile Map<String, Known> known = Map.of();

    CronTriggers(ScheduleLog log, Environment environment, Clock clock) {
        this.log = log;
        this.environment = environment;
        this.clock = clock;
    }

    private record Known(CronTriggerMetadata trigger, CronSchedule schedule) {}

    /** Takes these for the cron triggers there are. Those that changed lose the occurrences that are still to come. */
    void use(Collection<CronTriggerMetadata> triggers) throws SQLException {
        Map<String, Known> usable = new LinkedHashMap<>();
        for (CronTriggerMetadata trigger : triggers) {
            CronSchedule schedule = usable(trigger, new Problems());
            if (schedule != null) {
                usable.put(trigger.name(), new Known(trigger, schedule));
            }
        }
        for (String written : log.triggers()) {
            Known before = known.get(written);
            Known now = usable.get(written);
            if (before == null || now == null || !before.trigger().equals(now.trigger())) {
                log.dropUpcoming(written);
            }
        }
        known = usable;
    }

    /** Reports those that cannot work, and transforms that cannot be done. */
    void report(Collection<CronTriggerMetadata> triggers, Problems problems) {
        triggers.forEach(trigger -> usable(trigger, problems));
    }

    private @Nullable CronSchedule usable(CronTriggerMetadata trigger, Problems problems) {
        Transforms.report(
                "cron trigger '" + trigger.name() + "'",
                trigger.requestTransform(),
                trigger.responseTransform(),
                problems);
        try {
            environment.resolve(trigger.webhook());
            trigger.headers().forEach(environment::header);
            return CronSchedule.parse(trigger.schedule());
        } catch (IllegalArgumentException e) {
            problems.inconsistent("cron_trigger", trigger.name(), "Inconsistent object: " + e.getMessage());
            return null;
        }
    }

    Set<String> names() {
        return known.keySet();
    }

    @Nullable
    CronTriggerMetadata trigger(String name) {
        Known found = known.get(name);
        return found == null ? null : found.trigger();
    }

    /** Writes occurrences down until enough of every trigger are still to come. */
    void writeDown() throws SQLException {
        for (Known each : known.values()) {
            String name = each.trigger().name();
            while (log.upcoming(name) < IN_ADVANCE) {
                log.insertCron(name, next(each.schedule(), begin(each.trigger())));
            }
        }
    }

    /** After the last one that is written down; but nobody misses those that have been dead before they were written. */
    private Instant begin(CronTriggerMetadata trigger) throws SQLException {
        Instant now = clock.instant();
        Instant last = log.last(trigger.name());
        Instant alive = now.minusSeconds(trigger.retryConf().toleranceSeconds());
        return last == null ? now : last.isBefore(alive) ? alive : last;
    }

    private static List<Instant> next(CronSchedule schedule, Instant after) {
        List<Instant> times = new ArrayList<>();
        Instant time = schedule.next(after);
        while (time != null && times.size() < IN_ADVANCE) {
            times.add(time);
            time = schedule.next(time);
        }
        return times;
    }
}
