package io.github.hasura4j.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a {@code @SpringBootTest} against a local engine that calls the application under test: on its random port, with its
 * secrets. A {@link io.github.hasura4j.test.LocalHasura} is among the beans, and {@code hasura.client.*} points at it.
 *
 * <pre>{@code
 * @SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
 * @AutoConfigureLocalHasura
 * class SignUpTests {
 * }</pre>
 *
 * <p>One engine serves all test classes of a JVM that describe it alike, and all application contexts in turn: it calls the
 * application of the test that runs. It is up before the context, so that its address is known, and delivers nothing until the web
 * server is. Before each test its data are what migrations have made them, see {@link #cleanData()}; what {@code @BeforeAll} and the
 * application's start have written is gone by then.
 *
 * <p>The engine has the application's {@code hasura.client.admin-secret} and {@code hasura.jwt.secret}; of a secret that is left
 * blank both sides get a random one. Headers that carry the webhook secret from a variable carry the application's.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface AutoConfigureLocalHasura {

    /**
     * The directory of the Hasura project, from the working directory or one above it. Without this it is {@code hasura}, or the
     * first directory on the way up with a {@code config.yaml} and {@code metadata}.
     */
    String project() default "";

    /**
     * Names of variables that hold the application's base URL. Without this: all that URLs of the metadata begin with, as in {@code
     * {{HANDLER_URL}}/hasura/actions}, or consist of, as {@code webhook_from_env}. The latter get the starter's endpoint added.
     */
    String[] handlerVariables() default {};

    /**
     * More of the engine's variables, as {@code NAME=value}; {@code ${…}} is filled in from the application's properties. They win
     * over what is worked out.
     */
    String[] environment() default {};

    /** Whether the project's seed files are run after its migrations; their rows are kept as those of migrations are. */
    boolean seeds() default false;

    /** When the data are cleaned. */
    CleanData cleanData() default CleanData.BEFORE_EACH_TEST;

    /** When the data are what migrations have made them. */
    enum CleanData {

        /** Before every test method, and before its {@code @BeforeEach} methods. */
        BEFORE_EACH_TEST,

        /** Before the first test of a class. */
        BEFORE_CLASS,

        /** Never: tests see what others have left. */
        NEVER
    }
}
