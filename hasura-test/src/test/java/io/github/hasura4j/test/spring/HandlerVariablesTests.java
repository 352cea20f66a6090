package io.github.hasura4j.test.spring;

import java.util.Map;

import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HandlerVariablesTests {

    private static HandlerVariables of(String metadata) {
        return HandlerVariables.of(EngineJson.parse(metadata), "X-Webhook-Secret");
    }

    @Test
    void aVariableBeforeAPathIsABaseUrl() {
        assertThat(of("""
                {"actions": [{"definition": {"handler": "{{ ACTIONS }}/hasura/actions"}}],
                 "remote_schemas": [{"definition": {"url": "{{SCHEMAS}}/graphql"}}]}""").bases()).containsExactly("ACTIONS", "SCHEMAS");
    }

    @Test
    void aVariableThatIsAllOfAUrlLeadsToTheEndpointOfItsKind() {
        assertThat(of("""
                {"actions": [{"definition": {"handler": "{{ACTION}}"}}],
                 "cron_triggers": [{"webhook": {"from_env": "CRON"}}],
                 "remote_schemas": [{"definition": {"url_from_env": "SCHEMA"}}],
                 "sources": [{"tables": [{
                    "event_triggers": [{"webhook_from_env": "EVENT"}],
                    "insert_permissions": [{"permission": {"validate_input":
                        {"type": "http", "definition": {"url": "{{VALIDATION}}"}}}}]}]}]}""").whole())
                .isEqualTo(Map.of(
                        "ACTION", HandlerKind.ACTION,
                        "CRON", HandlerKind.SCHEDULED,
                        "SCHEMA", HandlerKind.REMOTE_SCHEMA,
                        "EVENT", HandlerKind.EVENT,
                        "VALIDATION", HandlerKind.VALIDATION));
    }

    @Test
    void aHeaderOfTheRightNameHoldsTheSecret() {
        assertThat(of("""
                {"actions": [{"definition": {"headers": [
                    {"name": "x-webhook-secret", "value_from_env": "SECRET"},
                    {"name": "X-Webhook-Secret", "value": "{{OTHER}}"},
                    {"name": "Authorization", "value_from_env": "TOKEN"}]}}]}""").secrets()).isEqualTo(Map.of("SECRET", HandlerKind.ACTION, "OTHER", HandlerKind.ACTION));
    }

    @Test
    void theAddressOfTheDatabaseIsNobodysHandler() {
        HandlerVariables variables = of("""
                {"sources": [{"configuration": {"connection_info": {"database_url": {"from_env": "PG"},
                    "url": "{{PG}}/database"}}}]}""");

        assertThat(variables.bases()).isEmpty();
        assertThat(variables.whole()).isEmpty();
    }
}
