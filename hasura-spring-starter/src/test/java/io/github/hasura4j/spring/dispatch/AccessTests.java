package io.github.hasura4j.spring.dispatch;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who is let in: by secret, by kind, by address. */
class AccessTests {

    static class Handlers {

        @HasuraAction
        void act() {}

        @HasuraEvent
        void happen() {}
    }

    @Test
    void eachKindMayHaveItsOwnSecret() {
        Map<WebhookKind, WebhookSettings.Access> access = new EnumMap<>(WebhookKind.class);
        for (WebhookKind kind : WebhookKind.values()) {
            access.put(kind, new WebhookSettings.Access("X-Webhook-Secret", List.of("of " + kind), false));
        }
        try (var dispatching = Dispatching.to(Handlers.class)
                .settings(new WebhookSettings(access, List.of(), 1000, Duration.ofSeconds(1)))) {
            WebhookHeaders ofActions = WebhookHeaders.of(Map.of("X-Webhook-Secret", "of action"));
            assertThat(dispatching
                            .send(WebhookKind.ACTION, "act", "{\"input\": {}}", ofActions)
                            .status())
                    .isEqualTo(200);
            assertThat(dispatching
                            .send(WebhookKind.EVENT, "happen", "{}", ofActions)
                            .status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, 11.1.2.3, false",
        "192.168.4.128/25, 192.168.4.129, true",
        "192.168.4.128/25, 192.168.4.127, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "fd00::/8, fd12:3456::1, true",
        "fd00::/8, fe80::1%eth0, false",
        "fe80::/10, fe80::1%eth0, true",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "127.0.0.1, ::ffff:127.0.0.1, true",
        "127.0.0.1, localhost, false",
        "127.0.0.1, 999.0.0.1, false"
    })
    void addressesAreComparedBitByBit(String range, String address, boolean allowed) {
        assertThat(AddressRanges.of(List.of("203.0.113.7", range)).allow(address))
                .isEqualTo(allowed);
    }

    @Test
    void everybodyIsAllowedIfNobodySaysOtherwise() {
        assertThat(AddressRanges.of(List.of()).allow("1.2.3.4")).isTrue();
        assertThat(AddressRanges.of(List.of()).allow(null)).isTrue();
        assertThat(AddressRanges.of(List.of("1.2.3.4")).allow(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0", "1.2.3.4/", "/8", "fd00::/129"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> AddressRanges.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'%s' is neither an IP address nor a range such as 10.0.0.0/8".formatted(text));
        assertThat(WebhookSettings.isAddressOrRange(text)).isFalse();
    }

    @Test
    void strangersAreRefusedBeforeTheirSecretIsLookedAt() {
        WebhookSettings everybody = new WebhookSettings("X-Webhook-Secret", List.of("secret"), false, 1000);
        try (var dispatching = Dispatching.to(Handlers.class)
                .settings(
                        new WebhookSettings(everybody.access(), List.of("10.0.0.0/8"), 1000, Duration.ofSeconds(1)))) {
            var stranger = dispatching.send(
                    WebhookKind.ACTION, "POST", "act", "{\"input\": {}}", Dispatching.AUTHENTICATED, "127.0.0.1");
            assertThat(stranger.status()).isEqualTo(403);
            assertThat(stranger.code()).isEqualTo("address-not-allowed");
            assertThat(dispatching
                            .send(
                                    WebhookKind.ACTION,
                                    "POST",
                                    "act",
                                    "{\"input\": {}}",
                                    Dispatching.AUTHENTICATED,
                                    "10.9.9.9")
                            .status())
                    .isEqualTo(200);
            assertThat(dispatching
                            .send(WebhookKind.AUTH_HOOK, "GET", null, "", Dispatching.AUTHENTICATED, "127.0.0.1")
                            .status())
                    .isEqualTo(401);
        }
    }
}
