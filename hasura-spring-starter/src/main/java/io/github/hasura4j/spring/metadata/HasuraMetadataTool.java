package io.github.hasura4j.spring.metadata;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Checks or writes metadata at build time, without a web server: for CI, or a Maven or Gradle task that runs a main class.
 *
 * <pre>{@code
 * java -cp … io.github.hasura4j.spring.metadata.HasuraMetadataTool check com.acme.ShopApplication hasura
 * }</pre>
 *
 * <p>{@code check} compares, {@code plan} shows what would be written, {@code write} writes. The application's beans are made only as
 * far as its handlers need them; properties can follow as {@code --name=value}. A webhook secret need not be set. The exit code is 0 if
 * all is well, 1 if handlers and metadata differ or something is in the way, 2 for wrong arguments.
 */
public final class HasuraMetadataTool {

    private static final String USAGE = """
            Usage: check|plan|write <application class> [<project directory, 'hasura' if left out>] [--property=value …]""";

    private HasuraMetadataTool() {}

    public static void main(String[] args) throws ClassNotFoundException {
        System.exit(run(System.out, args));
    }

    /**
     * The same without ending the JVM.
     *
     * @return what the exit code would be
     * @throws ClassNotFoundException if there is no such application class
     */
    public static int run(PrintStream out, String... args) throws ClassNotFoundException {
        String[] words =
                Arrays.stream(args).filter(arg -> !arg.startsWith("--")).toArray(String[]::new);
        if (words.length < 2 || words.length > 3 || !words[0].matches("check|plan|write")) {
            out.println(USAGE);
            return 2;
        }
        String[] properties =
                Arrays.stream(args).filter(arg -> arg.startsWith("--")).toArray(String[]::new);
        Path directory = Path.of(words.length == 3 ? words[2] : "hasura");
        SpringApplication application = new SpringApplication(Class.forName(words[1]));
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLazyInitialization(true);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.addListeners(new Quietly());
        try (ConfigurableApplicationContext context = application.run(properties)) {
            return run(words[0], directory, context, out);
        }
    }

    private static int run(String command, Path directory, ConfigurableApplicationContext context, PrintStream out) {
        if (command.equals("check")) {
            HasuraContract.Comparison compared = HasuraContract.of(context).against(directory);
            compared.findings().forEach(out::println);
            out.println(
                    compared.findings().isEmpty()
                            ? "Handlers and metadata agree"
                            : "Handlers and metadata differ in %d place(s)"
                                    .formatted(compared.findings().size()));
            return compared.findings().isEmpty() ? 0 : 1;
        }
        HasuraMetadata metadata = context.getBean(HasuraMetadata.class);
        metadata.unsaid().forEach(out::println);
        HasuraMetadata.DirectoryPlan plan =
                command.equals("write") ? metadata.write(directory) : metadata.plan(directory);
        out.print(plan);
        out.println(
                plan.files().isEmpty()
                        ? "Nothing to write"
                        : "%d file(s) %s"
                                .formatted(
                                        plan.files().changes().size(),
                                        command.equals("write") ? "written" : "would be written"));
        return plan.conflicts().isEmpty() ? 0 : 1;
    }

    /**
     * The secret's value is no part of the metadata, and a build has none; modes that act by themselves are off, and only what goes
     * wrong is logged. Runs when the properties are known and before logging begins.
     */
    private static final class Quietly implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

        @Override
        public int getOrder() {
            return LoggingApplicationListener.DEFAULT_ORDER - 1;
        }

        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            ConfigurableEnvironment environment = event.getEnvironment();
            Map<String, Object> properties = new HashMap<>();
            properties.put("hasura.metadata.tool", "true");
            properties.put("hasura.metadata.mode", "off");
            properties.put("logging.level.root", "error");
            if (!environment.getProperty("hasura.webhook.allow-unauthenticated", Boolean.class, false)) {
                properties.put("hasura.webhook.secret", UUID.randomUUID().toString());
            }
            environment.getPropertySources().addFirst(new MapPropertySource("hasuraMetadataTool", properties));
        }
    }
}
