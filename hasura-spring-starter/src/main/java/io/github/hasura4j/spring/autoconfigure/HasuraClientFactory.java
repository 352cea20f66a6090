package io.github.hasura4j.spring.autoconfigure;

import java.util.Objects;

import javax.net.ssl.SSLParameters;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.SubscriptionSettings;
import io.github.hasura4j.spring.client.HasuraClientCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.util.StringUtils;
import tools.jackson.databind.json.JsonMapper;

/** Builds clients from properties, and from what else the application has to say. */
final class HasuraClientFactory {

    private static final String PREFIX = "hasura.client";

    private final HasuraClientProperties properties;
    private final ObjectProvider<JsonMapper> mapper;
    private final ObjectProvider<SslBundles> bundles;
    private final ObjectProvider<HasuraClientCustomizer> customizers;
    private final Environment environment;

    HasuraClientFactory(
            HasuraClientProperties properties,
            ObjectProvider<JsonMapper> mapper,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<HasuraClientCustomizer> customizers,
            Environment environment) {
        this.properties = properties;
        this.mapper = mapper;
        this.bundles = bundles;
        this.customizers = customizers;
        this.environment = environment;
    }

    HasuraClient defaultClient(HasuraConnectionDetails details) {
        return build(HasuraClientCustomizer.DEFAULT_CLIENT, PREFIX, properties.own(details));
    }

    /** Called by the definitions that {@link NamedHasuraClients} registers. */
    HasuraClient namedClient(String name) {
        return build(
                name,
                PREFIX + ".clients." + name,
                Objects.requireNonNull(properties.clients().get(name)));
    }

    private HasuraClient build(String name, String prefix, HasuraClientProperties.Client own) {
        UnresolvedSecretException.refuse(prefix + ".admin-secret", own.adminSecret());
        HasuraClientProperties.Client client = properties.complete(own);
        HasuraClient.Builder builder = HasuraClient.builder().endpoint(Objects.requireNonNull(client.endpoint()));
        ClientSettings.with(
                builder,
                HasuraClient.Builder::connectTimeout,
                own.connectTimeout() == null ? PREFIX : prefix,
                "connect-timeout",
                client.connectTimeout());
        ClientSettings.with(
                builder,
                HasuraClient.Builder::requestTimeout,
                own.requestTimeout() == null ? PREFIX : prefix,
                "request-timeout",
                client.requestTimeout());
        builder.retry(ClientSettings.retry(
                (own.retry() == null ? PREFIX : prefix) + ".retry", Objects.requireNonNull(client.retry())));
        SubscriptionSettings subscriptions = ClientSettings.subscriptions(
                (own.subscriptions() == null ? PREFIX : prefix) + ".subscriptions",
                Objects.requireNonNull(client.subscriptions()));
        if (StringUtils.hasText(client.adminSecret())) {
            builder.adminSecret(client.adminSecret().strip()); // Mounted secrets end in a line end.
        }
        if (StringUtils.hasText(client.role())) {
            builder.role(client.role());
        }
        client.headers().forEach((header, value) -> builder.header(header, value.strip()));
        if (StringUtils.hasText(client.ssl().bundle())) {
            secure(builder, bundles.getObject().getBundle(client.ssl().bundle()));
        }
        if (Threading.VIRTUAL.isActive(environment)) {
            builder.http(http -> http.executor(new VirtualThreadTaskExecutor("hasura-client-")));
            subscriptions = subscriptions.executor(new VirtualThreadTaskExecutor("hasura-subscriptions-"));
        }
        builder.subscriptions(subscriptions);
        mapper.ifUnique(builder::jsonMapper);
        customizers.orderedStream().forEach(customizer -> customizer.customize(name, builder));
        return builder.build();
    }

    private static void secure(HasuraClient.Builder builder, SslBundle bundle) {
        SSLParameters parameters = new SSLParameters();
        parameters.setCipherSuites(bundle.getOptions().getCiphers());
        parameters.setProtocols(bundle.getOptions().getEnabledProtocols());
        builder.http(http -> http.sslContext(bundle.createSslContext()).sslParameters(parameters));
    }
}
