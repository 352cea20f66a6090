package io.github.hasura4j.test.engine.schedule;

/** Where occurrences of cron triggers and one-off events wait. */
enum ScheduleTable {
    CRON("hdb_cron_events", "hdb_cron_event_invocation_logs"),
    ONE_OFF("hdb_scheduled_events", "hdb_scheduled_event_invocation_logs");

    static final String SQL = """
            CREATE SCHEMA IF NOT EXISTS hdb_catalog;
            CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_cron_events (
                id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
                trigger_name text NOT NULL,
                scheduled_time timestamptz NOT NULL,
                status text NOT NULL DEFAULT 'scheduled'
                    CHECK (status IN ('scheduled', 'locked', 'delivered', 'error', 'dead')),
                tries integer NOT NULL DEFAULT 0,
                created_at timestamptz NOT NULL DEFAULT now(),
                next_retry_at timestamptz);
            CREATE UNIQUE INDEX IF NOT EXISTS hdb_cron_events_unique_scheduled
                ON hdb_catalog.hdb_cron_events (trigger_name, scheduled_time) WHERE status = 'scheduled';
            CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_cron_event_invocation_logs (
                id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
                event_id text REFERENCES hdb_catalog.hdb_cron_events ON UPDATE CASCADE ON DELETE CASCADE,
                status integer,
                request json,
                response json,
                created_at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_scheduled_events (
                id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
                webhook_conf json NOT NULL,
                scheduled_time timestamptz NOT NULL,
                retry_conf json,
                payload json,
                header_conf json,
                status text NOT NULL DEFAULT 'scheduled'
                    CHECK (status IN ('scheduled', 'locked', 'delivered', 'error', 'dead')),
                tries integer NOT NULL DEFAULT 0,
                created_at timestamptz NOT NULL DEFAULT now(),
                next_retry_at timestamptz,
                comment text);
            CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_scheduled_event_invocation_logs (
                id text PRIMARY KEY DEFAULT gen_random_uuid()::text,
                event_id text REFERENCES hdb_catalog.hdb_scheduled_events ON UPDATE CASCADE ON DELETE CASCADE,
                status integer,
                request json,
                response json,
                created_at timestamptz NOT NULL DEFAULT now());
            """;

    private final String events;
    private final String logs;

    ScheduleTable(String events, String logs) {
        this.events = "hdb_catalog." + events;
        this.logs = "hdb_catalog." + logs;
    }

    String events() {
        return events;
    }

    String logs() {
        return logs;
    }
}
