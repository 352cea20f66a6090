package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.github.hasura4j.client.project.ColumnSet;
import io.github.hasura4j.client.project.DeletePermission;
import io.github.hasura4j.client.project.InsertPermission;
import io.github.hasura4j.client.project.SelectPermission;
import io.github.hasura4j.client.project.TableMetadata;
import io.github.hasura4j.client.project.UpdatePermission;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Table;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A table of the metadata that the database really has. */
public final class TrackedTable {

    private final TableMetadata metadata;
    private final Table table;
    private final String typeName;
    private final Map<String, Relationship> relationships = new LinkedHashMap<>();
    private final Map<String, ComputedField> computedFields = new LinkedHashMap<>();
    private final Map<String, String> enumColumns = new LinkedHashMap<>();
    private final List<Column> columns;
    private final InheritedRoles roles;
    private final Permissions<InsertPermission> inserts;
    private final Permissions<UpdatePermission> updates;
    private final Permissions<DeletePermission> deletes;
    private final Map<String, Access.Select> inheritedSelects = new ConcurrentHashMap<>();

    TrackedTable(TableMetadata metadata, Table table, InheritedRoles roles, Problems problems) {
        this.metadata = metadata;
        this.table = table;
        this.roles = roles;
        String customName = metadata.customName();
        TableName name = table.name();
        this.typeName = customName != null
                ? customName
                : name.schema().equals("public") ? name.name() : name.schema() + "_" + name.name();
        this.columns = table.columns().stream()
                .filter(column -> canBeNamed(column, problems))
                .toList();
        this.inserts = new Permissions<>(metadata.insertPermissions(), InsertPermission::role, this::essence, roles);
        this.updates = new Permissions<>(metadata.updatePermissions(), UpdatePermission::role, this::essence, roles);
        this.deletes =
                new Permissions<>(metadata.deletePermissions(), DeletePermission::role, TrackedTable::essence, roles);
        reportConflicts(problems);
    }

    private List<Object> essence(InsertPermission permission) {
        return List.of(
                named(permission.columns()),
                expression(permission.check()),
                permission.set(),
                permission.backendOnly(),
                Optional.ofNullable(permission.validateInput()));
    }

    private List<Object> essence(UpdatePermission permission) {
        return List.of(
                named(permission.columns()),
                expression(permission.filter()),
                Optional.ofNullable(permission.check()),
                permission.set(),
                permission.backendOnly(),
                Optional.ofNullable(permission.validateInput()));
    }

    private static List<Object> essence(DeletePermission permission) {
        return List.of(
                expression(permission.filter()),
                permission.backendOnly(),
                Optional.ofNullable(permission.validateInput()));
    }

    private Set<String> named(ColumnSet set) {
        return columns.stream().map(Column::name).filter(set::contains).collect(Collectors.toSet());
    }

    private static JsonNode expression(JsonNode filter) {
        return filter.isObject() ? filter : JsonNodeFactory.instance.objectNode();
    }

    private void reportConflicts(Problems problems) {
        for (String role : roles.names()) {
            Map<String, Boolean> conflicts = Map.of(
                    "insert", inserts.conflict(role),
                    "update", updates.conflict(role),
                    "delete", deletes.conflict(role));
            new TreeMap<>(conflicts).forEach((kind, conflict) -> {
                if (conflict) {
                    String name = name().schema().equals("public") ? name().name() : name().toString();
                    problems.inconsistent(
                            "inherited role permission inconsistency",
                            role,
                            "Could not inherit permission for the role '" + role + "' for the entity: '" + kind
                                    + " permission, table: " + name + ", source: 'default''");
                }
            });
        }
    }

    /** The columns that GraphQL can name; the others exist for the database only. */
    public List<Column> columns() {
        return columns;
    }

    /** The unique constraints that GraphQL can name. */
    List<Table.UniqueConstraint> constraints() {
        return table.uniqueConstraints().stream()
                .filter(constraint -> GraphQlNames.isName(constraint.name()))
                .toList();
    }

    private boolean canBeNamed(Column column, Problems problems) {
        String unfit = !GraphQlNames.isName(fieldOf(column))
                ? "its name is not a GraphQL name: give it a custom_name"
                : !GraphQlNames.isName(column.type()) ? "the name of its type is not a GraphQL name" : null;
        if (unfit != null) {
            problems.inconsistent(
                    "table", table.name().toString(), "column \"" + column.name() + "\" is left out, " + unfit);
        }
        return unfit == null;
    }

    public TableMetadata metadata() {
        return metadata;
    }

    public Table table() {
        return table;
    }

    public TableName name() {
        return table.name();
    }

    /** The name of its GraphQL type, from which all others derive. */
    public String typeName() {
        return typeName;
    }

    /** A root field's name: the one given, or the default with {@code %s} for the type's name. */
    String rootField(String kind, String defaultName) {
        return metadata.customRootFields().getOrDefault(kind, defaultName.formatted(typeName));
    }

    /** A root field's description: the one given, or the default. */
    String rootFieldComment(String kind, String otherwise) {
        return metadata.rootFieldComments().getOrDefault(kind, otherwise);
    }

    /** A column's description: the one given, or the database's comment. */
    @Nullable
    String columnComment(Column column) {
        String given = metadata.columnComments().get(column.name());
        return given != null ? given : column.comment();
    }

    /** A column's GraphQL name. */
    public String fieldOf(Column column) {
        return metadata.columnNames().getOrDefault(column.name(), column.name());
    }

    /** The column behind a GraphQL field, or null. */
    public @Nullable Column columnOf(String field) {
        for (Column column : columns) {
            if (fieldOf(column).equals(field)) {
                return column;
            }
        }
        return null;
    }

    public @Nullable Relationship relationship(String field) {
        return relationships.get(field);
    }

    /** The computed field of a name, or null. */
    public @Nullable ComputedField computedField(String field) {
        return computedFields.get(field);
    }

    Map<String, ComputedField> computedFields() {
        return computedFields;
    }

    Map<String, Relationship> relationships() {
        return relationships;
    }

    /** Columns whose foreign key points at an enum table, with that enum's type. */
    Map<String, String> enumColumns() {
        return enumColumns;
    }

    List<Column> primaryKey() {
        List<Column> key = new ArrayList<>();
        for (String name : table.primaryKey()) {
            Column column = table.column(name);
            if (column == null || !columns.contains(column)) {
                return List.of();
            }
            key.add(column);
        }
        return key;
    }

    /** What the role may read; null for nothing. */
    public Access.@Nullable Select select(String role) {
        if (role.equals(Session.ADMIN)) {
            return new Access.Select(Access.ALL, null, null, true, null, null, null, Map.of());
        }
        SelectPermission permission = metadata.selectPermissions().stream()
                .filter(each -> each.role().equals(role))
                .findFirst()
                .orElse(null);
        return permission == null
                ? inheritedSelect(role)
                : new Access.Select(
                        permission.columns(),
                        permission.filter(),
                        permission.limit(),
                        permission.allowAggregations(),
                        permission.computedFields(),
                        permission.queryRootFields(),
                        permission.subscriptionRootFields(),
                        Map.of());
    }

    private Access.@Nullable Select inheritedSelect(String role) {
        Access.Select known = inheritedSelects.get(role);
        if (known == null) {
            List<Access.Select> ofParents = roles.parents(role).stream()
                    .map(this::select)
                    .filter(Objects::nonNull)
                    .toList();
            if (!ofParents.isEmpty()) {
                known = InheritedSelect.of(this, ofParents);
                inheritedSelects.put(role, known);
            }
        }
        return known;
    }

    /** What the role may insert; null for nothing. */
    public Access.@Nullable Insert insert(String role, boolean backend) {
        if (!table.writes().insert()) {
            return null;
        }
        if (role.equals(Session.ADMIN)) {
            return new Access.Insert(Access.ALL, null, Map.of());
        }
        InsertPermission permission = inserts.of(role);
        return permission == null || (permission.backendOnly() && !backend)
                ? null
                : new Access.Insert(permission.columns(), permission.check(), permission.set());
    }

    /** What the role may update; null for nothing. */
    public Access.@Nullable Update update(String role, boolean backend) {
        if (!table.writes().update()) {
            return null;
        }
        if (role.equals(Session.ADMIN)) {
            return new Access.Update(Access.ALL, null, null, Map.of());
        }
        UpdatePermission permission = updates.of(role);
        return permission == null || (permission.backendOnly() && !backend)
                ? null
                : new Access.Update(permission.columns(), permission.filter(), permission.check(), permission.set());
    }

    /** What the role may delete; null for nothing. */
    public Access.@Nullable Delete delete(String role, boolean backend) {
        if (!table.writes().delete()) {
            return null;
        }
        if (role.equals(Session.ADMIN)) {
            return new Access.Delete(null);
        }
        DeletePermission permission = deletes.of(role);
        return permission == null || (permission.backendOnly() && !backend)
                ? null
                : new Access.Delete(permission.filter());
    }

    /** The {@code validate_input} of the role's permission for an operation; null for none. */
    public @Nullable JsonNode validator(RootField.Kind kind, String role) {
        return switch (kind) {
            case INSERT, INSERT_ONE -> {
                InsertPermission permission = inserts.of(role);
                yield permission == null ? null : permission.validateInput();
            }
            case UPDATE, UPDATE_BY_PK, UPDATE_MANY -> {
                UpdatePermission permission = updates.of(role);
                yield permission == null ? null : permission.validateInput();
            }
            case DELETE, DELETE_BY_PK -> {
                DeletePermission permission = deletes.of(role);
                yield permission == null ? null : permission.validateInput();
            }
            case SELECT, SELECT_BY_PK, SELECT_AGGREGATE, SELECT_STREAM, FUNCTION, FUNCTION_AGGREGATE -> null;
        };
    }

    @Override
    public String toString() {
        return table.name().toString();
    }
}
