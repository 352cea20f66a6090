package io.github.hasura4j.example;

import org.springframework.boot.SpringApplication;

/** The example with everything it needs, for {@code mvn -pl example-app -am spring-boot:test-run}. */
public class LocalExampleApplication {

    public static void main(String[] args) {
        SpringApplication.from(ExampleApplication::main)
                .with(LocalEngine.class)
                .withAdditionalProfiles("local")
                .run(args);
    }
}
