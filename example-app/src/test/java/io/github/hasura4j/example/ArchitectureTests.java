package io.github.hasura4j.example;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** The arrows between the modules, which point down only, and what every class of ours keeps to. */
class ArchitectureTests {

    private static final String PAYLOADS = "io.github.hasura4j.payload..";
    private static final String CLIENT = "io.github.hasura4j.client..";
    private static final String STARTER = "io.github.hasura4j.spring..";
    private static final String TEST = "io.github.hasura4j.test..";
    private static final String EXAMPLE = "io.github.hasura4j.example..";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.hasura4j");

    @Test
    void sawEveryModule() {
        for (String module : Set.of("payload", "client", "spring", "test", "example")) {
            assertThat(OURS.stream().filter(type -> type.getPackageName().startsWith("io.github.hasura4j." + module)))
                    .as("classes of %s", module)
                    .hasSizeGreaterThan(5);
        }
    }

    @Test
    void payloadsNeedAnnotationsOnly() {
        check(classes()
                .that()
                .resideInAPackage(PAYLOADS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        PAYLOADS,
                        "java..",
                        "com.fasterxml.jackson.annotation..",
                        "jakarta.validation..",
                        "org.jspecify.annotations..")
                .because("whoever receives webhooks brings the Jackson and the framework they have"));
    }

    @Test
    void theClientKnowsNeitherSpringNorHandlers() {
        check(noClasses()
                .that()
                .resideInAPackage(CLIENT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", STARTER, TEST, EXAMPLE)
                .because("it is used on a plain JVM"));
    }

    @Test
    void theClientReadsYamlOnlyForProjects() {
        check(noClasses()
                .that()
                .resideInAPackage("io.github.hasura4j.client")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.snakeyaml..", "io.github.hasura4j.client.project..")
                .because("snakeyaml-engine is optional there"));
    }

    @Test
    void theStarterDoesNotKnowTheTestKit() {
        check(noClasses()
                .that()
                .resideInAPackage(STARTER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TEST, EXAMPLE)
                .because("the local engine is never shipped"));
    }

    @Test
    void theDispatcherKnowsNoWebFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.github.hasura4j.spring", "io.github.hasura4j.spring.dispatch..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.web..", "org.springframework.http..", "jakarta.servlet..", "reactor..")
                .because("the same dispatcher stands under every web stack"));
    }

    @Test
    void handlersNeedNeitherSpringSecurityNorSpringForGraphQl() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.github.hasura4j.spring",
                        "io.github.hasura4j.spring.dispatch..",
                        "io.github.hasura4j.spring.jwt..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.security..", "org.springframework.graphql..")
                .because("both are optional"));
    }

    @Test
    void theLocalEngineDoesNotKnowTheStarter() {
        check(noClasses()
                .that()
                .resideInAPackage(TEST)
                .and()
                .resideOutsideOfPackages("io.github.hasura4j.test.spring..", "io.github.hasura4j.test.container..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(STARTER, EXAMPLE)
                .because("it plays the engine, which knows handlers by their URL only"));
        check(noClasses()
                .that()
                .resideInAnyPackage("io.github.hasura4j.test", "io.github.hasura4j.test.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..")
                .because("it runs without Spring"));
    }

    @Test
    void theInsidesOfTheEngineStayInside() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(TEST)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.hasura4j.test.engine..")
                .because("they change without notice"));
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes().that(resideInOurs()).should(new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage inPackage = type.getPackage();
                boolean marked = inPackage
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                events.add(new SimpleConditionEvent(type, marked, type.getName() + " is in " + inPackage.getName()));
            }
        }));
    }

    private static DescribedPredicate<JavaClass> resideInOurs() {
        return DescribedPredicate.describe(
                "are ours", type -> type.getPackageName().startsWith("io.github.hasura4j"));
    }

    private static void check(ArchRule rule) {
        rule.check(OURS);
    }
}
