package io.github.hasura4j.client;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Dynamic calls are cheap to start: they work on a class path that has no graphql-java at all. */
class WithoutGraphQlJavaTests {

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    /** Runs in a class loader of its own; public for that. */
    public static final class Caller {

        public static String dynamic(URI endpoint) {
            return client(endpoint)
                    .query("user")
                    .arg("limit", 1)
                    .select("id")
                    .execute()
                    .request()
                    .document();
        }

        public static void document(URI endpoint) {
            client(endpoint).document("{ user { id } }").execute();
        }

        private static HasuraClient client(URI endpoint) {
            return HasuraClient.builder().endpoint(endpoint).build();
        }
    }

    @Test
    void dynamicCallsWork() throws Exception {
        assertThat(run("dynamic")).isEqualTo("query user($limit: Int) { user(limit: $limit) { id } }");
    }

    @Test
    void documentsDoNotWhichShowsThatItIsReallyMissing() {
        assertThatThrownBy(() -> run("document")).hasRootCauseInstanceOf(ClassNotFoundException.class);
    }

    private Object run(String method) throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            if (!entry.contains("graphql-java")) {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            return loader.loadClass(Caller.class.getName())
                    .getMethod(method, URI.class)
                    .invoke(null, engine.uri());
        }
    }
}
