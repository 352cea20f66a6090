package io.github.hasura4j.client;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EndpointTests {

    @ParameterizedTest
    @CsvSource({
        "http://host:8080, http://host:8080/v1/graphql",
        "http://host:8080/, http://host:8080/v1/graphql",
        "https://host, https://host/v1/graphql",
        "https://host/hasura, https://host/hasura/v1/graphql",
        "http://host:8080/v1/graphql, http://host:8080/v1/graphql",
        "http://host:8080/v1/graphql/, http://host:8080/v1/graphql",
        "http://host:8080/v1alpha1/graphql, http://host:8080/v1alpha1/graphql",
        "http://[::1]:8080, http://[::1]:8080/v1/graphql"
    })
    void isTheBaseOrTheFullAddress(URI given, URI endpoint) {
        assertThat(HasuraClient.builder().endpoint(given).build().endpoint()).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:8080", "/v1/graphql", "ftp://host", "http:///x", "http://my_host:8080"})
    void isRefusedIfItIsNoAddress(URI given) {
        assertThatThrownBy(() -> HasuraClient.builder().endpoint(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://graphql-engine:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://me:hunter2@host", "http://host?key=hunter2", "http://host#hunter2"})
    void isRefusedWithoutShowingWhatMayBeAPassword(URI given) {
        assertThatThrownBy(() -> HasuraClient.builder().endpoint(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void isRequired() {
        assertThatThrownBy(() -> HasuraClient.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("endpoint(");
    }
}
