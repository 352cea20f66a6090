package io.github.hasura4j.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How far sessions of the engine are believed.
 *
 * @param unauthorizedRole Role that the engine gives to whoever comes without a token (HASURA_GRAPHQL_UNAUTHORIZED_ROLE). Of its sessions only the role is believed. Empty if there is no such role.
 */
@ConfigurationProperties("hasura.session")
public record HasuraSessionProperties(
        @DefaultValue("anonymous") String unauthorizedRole) {}
