package io.github.hasura4j.test.engine.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.client.project.RelationshipMetadata;
import io.github.hasura4j.client.project.RelationshipMetadata.Using;
import io.github.hasura4j.client.project.SourceMetadata;
import io.github.hasura4j.client.project.TableMetadata;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.catalog.Catalog;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Table;
import org.jspecify.annotations.Nullable;

/** The tracked tables, with relationships and enums worked out; what does not fit the database is reported and left out. */
public final class TrackedTables {

    private final Map<TableName, TrackedTable> tables = new LinkedHashMap<>();
    private final Map<String, Map<String, @Nullable String>> enums = new LinkedHashMap<>();
    private final List<TrackedFunction> functions = new ArrayList<>();
    private final List<TrackedNativeQuery> nativeQueries = new ArrayList<>();
    private Set<String> databaseTypes = Set.of();
    private final InheritedRoles roles;
    private final Problems problems;

    private TrackedTables(InheritedRoles roles, Problems problems) {
        this.roles = roles;
        this.problems = problems;
    }

    /** Holds the metadata of a source against its database. */
    public static TrackedTables build(
            SourceMetadata source, InheritedRoles roles, Connection connection, Problems problems) throws SQLException {
        TrackedTables tracked = new TrackedTables(roles, problems);
        Catalog catalog = Catalog.read(connection);
        tracked.databaseTypes = catalog.types();
        for (TableMetadata metadata : source.tables()) {
            tracked.track(metadata, catalog);
        }
        FunctionResolver functions = new FunctionResolver(catalog, tracked.tables, problems);
        for (TrackedTable table : tracked.tables.values()) {
            tracked.relate(table);
            functions.addComputedFields(table);
        }
        for (TrackedTable table : tracked.tables.values()) {
            if (table.metadata().isEnum()) {
                tracked.addEnum(table, EnumTables.values(table, connection, problems));
            }
        }
        source.functions().forEach(function -> functions.add(function, tracked.functions));
        tracked.nativeQueries.addAll(NativeQueries.resolve(source, roles, problems));
        if (source.customization() != null && !source.customization().isEmpty()) {
            problems.unsupported("customization of the source '" + source.name() + "'");
        }
        return tracked;
    }

    /** The tracked table of a name, or null. */
    public @Nullable TrackedTable table(TableName name) {
        return tables.get(name);
    }

    /**
     * The tracked table that a relationship leads to.
     *
     * @throws IllegalStateException if there is none, which {@link #build} has ruled out
     */
    public TrackedTable target(Relationship relationship) {
        TrackedTable target = tables.get(relationship.target());
        if (target == null) {
            throw new IllegalStateException("Relationship '" + relationship.name() + "' leads nowhere");
        }
        return target;
    }

    /** All tracked tables, in the order of the metadata. */
    public Collection<TrackedTable> all() {
        return tables.values();
    }

    /** The roles that are made of others. */
    InheritedRoles roles() {
        return roles;
    }

    List<TrackedFunction> functions() {
        return functions;
    }

    List<TrackedNativeQuery> nativeQueries() {
        return nativeQueries;
    }

    /** The short names of the types that the database has. */
    Set<String> databaseTypes() {
        return databaseTypes;
    }

    /** The values of the enum tables and what they mean, by type name. */
    Map<String, Map<String, @Nullable String>> enums() {
        return enums;
    }

    private void track(TableMetadata metadata, Catalog catalog) {
        Table table = catalog.table(metadata.table());
        if (table == null) {
            problems.inconsistent(
                    "table",
                    metadata.table().toString(),
                    "Inconsistent object: no such table/view exists in source: \""
                            + metadata.table().name() + "\"");
            return;
        }
        TrackedTable tracked = new TrackedTable(metadata, table, roles, problems);
        if (!GraphQlNames.isName(tracked.typeName())) {
            problems.inconsistent(
                    "table", metadata.table().toString(), "its name is not a GraphQL name: give it a custom_name");
            return;
        }
        tables.put(table.name(), tracked);
        metadata.remoteRelationships()
                .forEach(field ->
                        problems.unsupported("remote relationship '" + field + "' of table '" + tracked + "'"));
    }

    private void relate(TrackedTable table) {
        table.metadata().objectRelationships().forEach(relationship -> relate(table, relationship, false));
        table.metadata().arrayRelationships().forEach(relationship -> relate(table, relationship, true));
        for (Table.ForeignKey key : table.table().foreignKeys()) {
            TrackedTable target = tables.get(key.target());
            if (target != null && target.metadata().isEnum() && key.columns().size() == 1) {
                table.enumColumns().put(key.columns().get(0), target.typeName() + "_enum");
            }
        }
    }

    private void relate(TrackedTable table, RelationshipMetadata metadata, boolean array) {
        String type = array ? "array_relation" : "object_relation";
        String name = metadata.name() + " in table " + table;
        Relationship relationship = resolve(table, metadata, array);
        if (relationship == null) {
            problems.inconsistent(
                    type, name, "Inconsistent object: no foreign constraint exists on the given column(s)");
        } else if (!tables.containsKey(relationship.target())) {
            problems.inconsistent(
                    type, name, "Inconsistent object: table \"" + relationship.target() + "\" is not tracked");
        } else if (!columnsExist(table, relationship)) {
            problems.inconsistent(type, name, "Inconsistent object: a column of its mapping does not exist");
        } else if (table.columnOf(metadata.name()) != null) {
            problems.inconsistent(type, name, "Inconsistent object: field already exists: \"" + metadata.name() + "\"");
        } else {
            table.relationships().put(metadata.name(), relationship);
        }
    }

    private boolean columnsExist(TrackedTable table, Relationship relationship) {
        Table target = target(relationship).table();
        return relationship.columns().entrySet().stream()
                .allMatch(
                        pair -> table.table().column(pair.getKey()) != null && target.column(pair.getValue()) != null);
    }

    private @Nullable Relationship resolve(TrackedTable table, RelationshipMetadata metadata, boolean array) {
        if (metadata.using() instanceof Using.Manual manual) {
            boolean after = array || manual.insertedAfterParent();
            return new Relationship(
                    metadata.name(), array, manual.table(), manual.columnMapping(), false, after, metadata.comment());
        }
        if (metadata.using() instanceof Using.ForeignKeyOf reverse) {
            TrackedTable other = tables.get(reverse.table());
            if (other == null) {
                return new Relationship(
                        metadata.name(), array, reverse.table(), Map.of(), false, true, metadata.comment());
            }
            Table.ForeignKey key = key(other.table(), reverse.columns(), table.name());
            return key == null
                    ? null
                    : new Relationship(
                            metadata.name(),
                            array,
                            other.name(),
                            zip(key.targetColumns(), key.columns()),
                            false,
                            true,
                            metadata.comment());
        }
        List<String> columns = ((Using.ForeignKey) metadata.using()).columns();
        Table.ForeignKey key = key(table.table(), columns, null);
        if (key == null) {
            return null;
        }
        boolean required = columns.stream().allMatch(column -> {
            Column found = table.table().column(column);
            return found != null && found.notNull();
        });
        return new Relationship(
                metadata.name(),
                array,
                key.target(),
                zip(key.columns(), key.targetColumns()),
                required,
                false,
                metadata.comment());
    }

    private static Table.@Nullable ForeignKey key(Table table, List<String> columns, @Nullable TableName target) {
        for (Table.ForeignKey key : table.foreignKeys()) {
            boolean sameColumns =
                    key.columns().size() == columns.size() && key.columns().containsAll(columns);
            if (sameColumns && (target == null || key.target().equals(target))) {
                return key;
            }
        }
        return null;
    }

    private void addEnum(TrackedTable table, Map<String, @Nullable String> values) {
        String type = table.typeName() + "_enum";
        if (values.isEmpty()) {
            tables.values().forEach(other -> other.enumColumns().values().remove(type));
        } else {
            enums.put(type, values);
        }
    }

    private static Map<String, String> zip(List<String> keys, List<String> values) {
        Map<String, String> zipped = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            zipped.put(keys.get(i), values.get(i));
        }
        return zipped;
    }

    /** An identifier as SQL wants it. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A table's name as SQL wants it. */
    public static String quote(TableName name) {
        return quote(name.schema()) + "." + quote(name.name());
    }
}
