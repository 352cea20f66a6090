package io.github.hasura4j.test.engine.catalog;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.TableName;

/** Reads the database's functions, by name; overloaded ones are several. */
final class Functions {

    private static final String QUERY = """
            SELECT n.nspname, p.proname, p.proretset, p.provolatile = 'v',
                   format_type(r.oid, NULL), coalesce(re.typname, rb.typname, r.typname), re.oid IS NOT NULL,
                   coalesce(re.typtype, r.typtype) = 'e', rc.relname, rn.nspname,
                   (SELECT count(*) FROM unnest(p.proargtypes)) - p.pronargdefaults,
                   a.names, a.sql_types, a.types, a.arrays
            FROM pg_proc p
            JOIN pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_type r ON r.oid = p.prorettype
            LEFT JOIN pg_type rb ON r.typtype = 'd' AND rb.oid = r.typbasetype
            LEFT JOIN pg_type re ON r.typcategory = 'A' AND re.oid = r.typelem
            LEFT JOIN pg_class rc ON rc.oid = r.typrelid AND rc.relkind <> 'c'
            LEFT JOIN pg_namespace rn ON rn.oid = rc.relnamespace
            CROSS JOIN LATERAL (
                SELECT array_agg(coalesce(given.name, '') ORDER BY given.position) AS names,
                       array_agg(format_type(t.oid, NULL) ORDER BY given.position) AS sql_types,
                       array_agg(coalesce(te.typname, tb.typname, t.typname)::text ORDER BY given.position) AS types,
                       array_agg(te.oid IS NOT NULL ORDER BY given.position) AS arrays
                FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargmodes, p.proargnames)
                    WITH ORDINALITY AS given(type, mode, name, position)
                JOIN pg_type t ON t.oid = given.type
                LEFT JOIN pg_type tb ON t.typtype = 'd' AND tb.oid = t.typbasetype
                LEFT JOIN pg_type te ON t.typcategory = 'A' AND te.oid = t.typelem
                WHERE coalesce(given.mode, 'i') IN ('i', 'b', 'v')) AS a
            WHERE p.prokind = 'f' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'hdb_catalog')
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')""";

    private Functions() {}

    static Map<TableName, List<Function>> read(Connection connection) throws SQLException {
        Map<TableName, List<Function>> functions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                Function function = function(result);
                functions
                        .computeIfAbsent(function.name(), name -> new ArrayList<>())
                        .add(function);
            }
        }
        return functions;
    }

    private static Function function(ResultSet result) throws SQLException {
        TableName name = new TableName(result.getString(1), result.getString(2));
        Column returned = new Column(
                name.name(),
                result.getString(5),
                result.getString(6),
                result.getBoolean(7),
                result.getBoolean(8),
                false,
                true,
                null);
        TableName rowType =
                result.getString(9) == null ? null : new TableName(result.getString(10), result.getString(9));
        List<Column> arguments = new ArrayList<>();
        boolean named = true;
        Array names = result.getArray(12);
        if (names != null) {
            String[] given = (String[]) names.getArray();
            String[] sqlTypes = (String[]) result.getArray(13).getArray();
            String[] types = (String[]) result.getArray(14).getArray();
            Boolean[] arrays = (Boolean[]) result.getArray(15).getArray();
            for (int i = 0; i < given.length; i++) {
                boolean unnamed = given[i].isEmpty();
                named &= !unnamed;
                String argument = unnamed ? "arg_" + (i + 1) : given[i];
                arguments.add(new Column(argument, sqlTypes[i], types[i], arrays[i], false, false, true, null));
            }
        }
        return new Function(
                name,
                List.copyOf(arguments),
                named,
                result.getInt(11),
                result.getBoolean(3),
                result.getBoolean(4),
                returned,
                rowType);
    }
}
