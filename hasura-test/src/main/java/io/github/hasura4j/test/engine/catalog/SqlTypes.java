package io.github.hasura4j.test.engine.catalog;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Types that are known by the names people write and not from the catalogue. */
public final class SqlTypes {

    private static final Map<String, String> SHORT_NAMES = Map.ofEntries(
            Map.entry("smallint", "int2"),
            Map.entry("integer", "int4"),
            Map.entry("int", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("real", "float4"),
            Map.entry("double precision", "float8"),
            Map.entry("decimal", "numeric"),
            Map.entry("boolean", "bool"),
            Map.entry("character varying", "varchar"),
            Map.entry("character", "bpchar"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("timestamp with time zone", "timestamptz"),
            Map.entry("time with time zone", "timetz"));

    private SqlTypes() {}

    /** A value of a type that is given as SQL writes it, such as {@code integer} or {@code text[]}. */
    public static Column column(String name, String sqlType, boolean required, @Nullable String comment) {
        boolean array = sqlType.endsWith("[]");
        String element = (array ? sqlType.substring(0, sqlType.length() - 2) : sqlType).toLowerCase(Locale.ROOT);
        String type = SHORT_NAMES.getOrDefault(element, element);
        return new Column(name, sqlType, type, array, false, required, true, comment);
    }
}
