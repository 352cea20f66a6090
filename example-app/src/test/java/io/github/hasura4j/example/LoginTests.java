package io.github.hasura4j.example;

import java.util.Map;

import io.github.hasura4j.test.spring.HasuraTest;
import io.github.hasura4j.test.spring.HasuraTester;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

// tag::slice[]
@HasuraTest(handlers = Login.class, properties = "hasura.jwt.secret=" + LoginTests.JWT_SECRET)
class LoginTests {

    static final String JWT_SECRET = "{\"type\": \"HS256\", \"key\": \"a-key-of-at-least-thirty-two-characters\"}";

    @Autowired
    HasuraTester tester;

    @Test
    void mintsATokenForTheRightPassword() {
        tester.action("login")
                .input(Map.of("username", "username", "password", "password"))
                .asRole("anonymous")
                .execute()
                .satisfies(
                        Login.LoginResponse.class,
                        login -> assertThat(login.accessToken()).contains("."));
    }

    @Test
    void refusesTheWrongPassword() {
        tester.action("login")
                .input(Map.of("username", "username", "password", "wrong"))
                .asRole("anonymous")
                .execute()
                .hasError()
                .withCode("invalid-credentials")
                .withMessage("Wrong username or password");
    }
    // end::slice[]

    @Test
    void isHeldAgainstTheProject() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(
                        () -> tester.action("login").input(Map.of("user", "a")).execute())
                .withMessageContaining("'login' has no argument named 'user'. Its arguments: username, password");
    }
}
