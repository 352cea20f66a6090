package io.github.hasura4j.test.engine.catalog;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;

/** What the database says of its tables and views. */
public final class Catalog {

    private static final String USER_SCHEMAS = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'hdb_catalog')"
            + " AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'";

    private static final String TABLES = """
            SELECT c.oid, n.nspname, c.relname, c.relkind IN ('v', 'm') AS is_view, obj_description(c.oid, 'pg_class'),
                   pg_relation_is_updatable(c.oid, true)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND """ + " " + USER_SCHEMAS;

    private static final String COLUMNS = """
            SELECT a.attrelid, a.attname, format_type(a.atttypid, -1),
                   coalesce(element.typname, base.typname, t.typname),
                   element.oid IS NOT NULL, coalesce(element.typtype, t.typtype) = 'e',
                   a.attnotnull, a.attgenerated = '' AND a.attidentity <> 'a', col_description(a.attrelid, a.attnum)
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_type base ON t.typtype = 'd' AND base.oid = t.typbasetype
            LEFT JOIN pg_type element ON t.typcategory = 'A' AND element.oid = t.typelem
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND """ + " " + USER_SCHEMAS + " ORDER BY a.attrelid, a.attnum";

    private static final String CONSTRAINTS = """
            SELECT con.conrelid, con.conname, con.contype, con.confrelid,
                   (SELECT array_agg(a.attname::text ORDER BY k.position)
                    FROM unnest(con.conkey) WITH ORDINALITY AS k(number, position)
                    JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.number),
                   (SELECT array_agg(a.attname::text ORDER BY k.position)
                    FROM unnest(con.confkey) WITH ORDINALITY AS k(number, position)
                    JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.number)
            FROM pg_constraint con
            JOIN pg_class c ON c.oid = con.conrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE con.contype IN ('p', 'u', 'f') AND """ + " " + USER_SCHEMAS + " ORDER BY con.conname";

    private final Map<TableName, Table> tables;
    private final Map<TableName, List<Function>> functions;
    private final Set<String> types;

    private Catalog(Map<TableName, Table> tables, Map<TableName, List<Function>> functions, Set<String> types) {
        this.tables = tables;
        this.functions = functions;
        this.types = types;
    }

    /** Reads the catalogue as it stands now. */
    public static Catalog read(Connection connection) throws SQLException {
        Map<Long, TableRow> rows = new LinkedHashMap<>();
        query(
                connection,
                TABLES,
                result -> rows.put(
                        result.getLong(1),
                        new TableRow(
                                new TableName(result.getString(2), result.getString(3)),
                                result.getBoolean(4),
                                result.getString(5),
                                result.getInt(6))));
        query(connection, COLUMNS, result -> {
            TableRow row = rows.get(result.getLong(1));
            if (row != null) {
                row.columns.add(new Column(
                        result.getString(2),
                        result.getString(3),
                        result.getString(4),
                        result.getBoolean(5),
                        result.getBoolean(6),
                        result.getBoolean(7),
                        result.getBoolean(8),
                        result.getString(9)));
            }
        });
        query(connection, CONSTRAINTS, result -> {
            TableRow row = rows.get(result.getLong(1));
            if (row != null) {
                row.addConstraint(result, rows.get(result.getLong(4)));
            }
        });
        Map<TableName, Table> tables = new HashMap<>();
        rows.values().forEach(row -> tables.put(row.name, row.toTable()));
        Set<String> types = new HashSet<>();
        query(connection, "SELECT typname FROM pg_type", result -> types.add(result.getString(1)));
        return new Catalog(tables, Functions.read(connection), types);
    }

    /** The table or view of a name, or null if the database has none. */
    public @Nullable Table table(TableName name) {
        return tables.get(name);
    }

    /** The functions of a name: none, one, or several that take different arguments. */
    public List<Function> functions(TableName name) {
        return functions.getOrDefault(name, List.of());
    }

    /** The short names of all types there are. */
    public Set<String> types() {
        return types;
    }

    private interface RowReader {
        void read(ResultSet result) throws SQLException;
    }

    private static void query(Connection connection, String sql, RowReader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                reader.read(result);
            }
        }
    }

    /** Postgres' numbers of operations. */
    private static final class CmdType {
        static final int UPDATE = 2;
        static final int INSERT = 3;
        static final int DELETE = 4;
    }

    private static final class TableRow {

        private final TableName name;
        private final boolean view;
        private final @Nullable String comment;
        private final int operations;
        private final List<Column> columns = new ArrayList<>();
        private final List<Table.UniqueConstraint> unique = new ArrayList<>();
        private final List<Table.ForeignKey> foreignKeys = new ArrayList<>();
        private List<String> primaryKey = List.of();

        TableRow(TableName name, boolean view, @Nullable String comment, int operations) {
            this.name = name;
            this.view = view;
            this.comment = comment;
            this.operations = operations;
        }

        void addConstraint(ResultSet result, @Nullable TableRow target) throws SQLException {
            List<String> local = names(result.getArray(5));
            switch (result.getString(3)) {
                case "p" -> {
                    primaryKey = local;
                    unique.add(new Table.UniqueConstraint(result.getString(2), local));
                }
                case "u" -> unique.add(new Table.UniqueConstraint(result.getString(2), local));
                default -> {
                    if (target != null) {
                        foreignKeys.add(new Table.ForeignKey(local, target.name, names(result.getArray(6))));
                    }
                }
            }
        }

        Table toTable() {
            return new Table(
                    name,
                    view,
                    new Table.Writes(can(CmdType.INSERT), can(CmdType.UPDATE), can(CmdType.DELETE)),
                    comment,
                    List.copyOf(columns),
                    primaryKey,
                    List.copyOf(unique),
                    List.copyOf(foreignKeys));
        }

        private boolean can(int operation) {
            return (operations & (1 << operation)) != 0;
        }

        private static List<String> names(Array array) throws SQLException {
            return List.of((String[]) array.getArray());
        }
    }
}
