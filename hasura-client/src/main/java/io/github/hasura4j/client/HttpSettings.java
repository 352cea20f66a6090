package io.github.hasura4j.client;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Consumer;

/** How requests travel. */
record HttpSettings(
        Duration connectTimeout,
        Duration requestTimeout,
        boolean compression,
        int maxAnswerSize,
        Consumer<HttpClient.Builder> customizer) {}
