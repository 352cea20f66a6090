/** Cron triggers and one-off events; begin with {@link io.github.hasura4j.test.engine.schedule.Schedules}. */
@NullMarked
package io.github.hasura4j.test.engine.schedule;

import org.jspecify.annotations.NullMarked;
