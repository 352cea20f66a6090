package io.github.hasura4j.payload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;

/**
 * A table as the database names it, never by its GraphQL custom name. Rows of a partition carry the parent's name.
 *
 * @param schema the schema, {@code public} unless said otherwise ({@code dbo} on SQL Server)
 * @param name the table's name within the schema
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TableName(
        @JsonProperty("schema") @NotBlank String schema,
        @JsonProperty("name") @NotBlank String name) {

    public TableName {
        Required.field(schema, "schema", "table name");
        Required.field(name, "name", "table name");
    }

    /** A table of the schema {@code public}. */
    public static TableName of(String name) {
        return new TableName("public", name);
    }

    /** What {@link #toString} gives, or a name alone for a table of the schema {@code public}. The schema is what comes before the first dot. */
    public static TableName parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? of(text) : new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    /** {@code schema.name}, for people; not quoted for SQL. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
