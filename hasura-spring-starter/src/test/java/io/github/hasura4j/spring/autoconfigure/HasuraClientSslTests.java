package io.github.hasura4j.spring.autoconfigure;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.HasuraTransportException;
import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.spring.client.LoopbackEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An engine with a certificate that nobody knows but the bundle; made by the JDK's own keytool, so that none can expire here. */
class HasuraClientSslTests {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static Path store;
    private static LoopbackEngine engine;

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(HasuraClientAutoConfiguration.class, SslAutoConfiguration.class))
            .withPropertyValues(
                    "hasura.client.endpoint=" + engine.uri(),
                    "hasura.client.retry.max-attempts=1",
                    "spring.ssl.bundle.jks.engine.truststore.location=file:" + store,
                    "spring.ssl.bundle.jks.engine.truststore.password=" + PASSWORD,
                    "spring.ssl.bundle.jks.engine.truststore.type=PKCS12");

    @BeforeAll
    static void start() throws Exception {
        store = directory.resolve("engine.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "engine",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=engine",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();

        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        engine = new LoopbackEngine(tls);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void trustsWhatTheBundleTrusts() {
        application
                .withPropertyValues("hasura.client.ssl.bundle=engine")
                .run(context -> assertThat(context.getBean(HasuraClient.class)
                                .query("hello")
                                .execute()
                                .row(String.class))
                        .contains("hi"));
    }

    @Test
    void trustsNoStrangerWithoutIt() {
        application.run(context -> assertThatThrownBy(
                        () -> context.getBean(HasuraClient.class).query("hello").execute())
                .isInstanceOfSatisfying(
                        HasuraTransportException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CONNECT)));
    }

    @Test
    void isEachClientsOwn() {
        application
                .withPropertyValues(
                        "hasura.client.ssl.bundle=engine",
                        "hasura.client.clients.stranger.endpoint=" + engine.uri(),
                        "hasura.client.clients.friend.endpoint=" + engine.uri(),
                        "hasura.client.clients.friend.ssl.bundle=engine")
                .run(context -> {
                    HasuraClient friend = context.getBean("friendHasuraClient", HasuraClient.class);
                    HasuraClient stranger = context.getBean("strangerHasuraClient", HasuraClient.class);
                    assertThat(friend.query("hello").execute().row(String.class))
                            .contains("hi");
                    assertThatThrownBy(() -> stranger.query("hello").execute())
                            .isInstanceOf(HasuraTransportException.class);
                });
    }

    @Test
    void obeysTheBundlesOptions() {
        application
                .withPropertyValues(
                        "hasura.client.ssl.bundle=engine",
                        "spring.ssl.bundle.jks.engine.options.enabled-protocols=TLSv1.1")
                .run(context -> assertThatThrownBy(() -> context.getBean(HasuraClient.class)
                                .query("hello")
                                .execute())
                        .isInstanceOf(HasuraTransportException.class));
    }

    @Test
    void stopsTheApplicationIfThereIsNoSuchBundle() {
        application
                .withPropertyValues("hasura.client.ssl.bundle=other")
                .run(context ->
                        assertThat(context).getFailure().hasRootCauseInstanceOf(NoSuchSslBundleException.class));
    }
}
