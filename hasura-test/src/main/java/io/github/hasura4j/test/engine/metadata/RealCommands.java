package io.github.hasura4j.test.engine.metadata;

import java.util.Set;

/** Commands of the real engine that this one does not have. */
final class RealCommands {

    private static final Set<String> NAMES = Set.of(
            "add_host_to_tls_allowlist",
            "drop_host_from_tls_allowlist",
            "set_api_limits",
            "remove_api_limits",
            "set_metrics_config",
            "remove_metrics_config",
            "test_webhook_transform",
            "dump_internal_state",
            "create_remote_schema_remote_relationship",
            "update_remote_schema_remote_relationship",
            "delete_remote_schema_remote_relationship",
            "list_source_kinds",
            "get_source_kind_capabilities",
            "rename_source",
            "drop_source",
            "pg_add_source",
            "pg_drop_source",
            "pg_update_source",
            "pg_get_source_tables",
            "pg_get_table_info",
            "pg_suggest_relationships",
            "pg_create_remote_relationship",
            "pg_update_remote_relationship",
            "pg_delete_remote_relationship",
            "pg_set_apollo_federation_config",
            "pg_create_logical_model_select_permission",
            "pg_drop_logical_model_select_permission",
            "pg_pause_event_trigger_cleanups",
            "pg_resume_event_trigger_cleanups",
            "pg_cleanup_event_trigger_logs",
            "pg_create_connection_template");

    private RealCommands() {}

    static boolean has(String type) {
        return NAMES.contains(type.startsWith("postgres_") ? "pg_" + type.substring("postgres_".length()) : type);
    }
}
