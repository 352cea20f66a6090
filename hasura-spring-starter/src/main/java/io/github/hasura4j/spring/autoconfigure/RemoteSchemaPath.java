package io.github.hasura4j.spring.autoconfigure;

import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.util.StringUtils;

/** Where Spring for GraphQL answers over HTTP: a path that begins with a slash and does not end with one. */
final class RemoteSchemaPath {

    private RemoteSchemaPath() {}

    static String of(GraphQlProperties properties) {
        String path =
                StringUtils.trimTrailingCharacter(properties.getHttp().getPath().strip(), '/');
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }
}
