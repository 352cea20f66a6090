package io.github.hasura4j.spring.autoconfigure;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A secret refers to something that is not set. Spring Boot binds the reference itself then, and {@code ${WEBHOOK_SECRET}} is
 * a secret that everybody can guess.
 */
final class UnresolvedSecretException extends RuntimeException {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}]*)}");

    private final String name;

    private UnresolvedSecretException(String property, String name) {
        super("The property %s refers to ${%s}, which is not set".formatted(property, name));
        this.name = name;
    }

    /** What is not set. */
    String name() {
        return name;
    }

    /** The same for the properties {@code secret} and {@code secrets} below a name. */
    static void refuse(String properties, @Nullable String secret, List<String> secrets) {
        refuse(properties + ".secret", secret);
        secrets.forEach(each -> refuse(properties + ".secrets", each));
    }

    /** Lets a secret pass that refers to nothing any more. */
    static void refuse(String property, @Nullable String secret) {
        if (secret != null) {
            Matcher reference = REFERENCE.matcher(secret);
            if (reference.find()) {
                throw new UnresolvedSecretException(property, reference.group(1));
            }
        }
    }
}
