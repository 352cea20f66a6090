package io.github.hasura4j.test.engine.sql;

import java.util.ArrayList;
import java.util.List;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.ComputedField;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import org.jspecify.annotations.Nullable;

/** The SQL of aggregate functions over rows. */
final class Aggregates {

    private final FunctionCalls functions;
    private final Cells cells;

    Aggregates(FunctionCalls functions, Cells cells) {
        this.functions = functions;
        this.cells = cells;
    }

    /** How many rows, or how many that have a value in the columns. */
    Sql count(TrackedTable table, String alias, @Nullable Object columns, boolean distinct) {
        List<Sql> counted = new ArrayList<>();
        Selects.asList(columns).forEach(field -> counted.add(column(table, alias, field)));
        if (counted.isEmpty()) {
            return distinct ? Sql.of("count(DISTINCT ").name(alias).add(".*)") : Sql.of("count(*)");
        }
        Sql values = counted.size() == 1
                ? counted.get(0)
                : Sql.of("(").join(", ", counted).add(")");
        return Sql.of(distinct ? "count(DISTINCT " : "count(").add(values).add(")");
    }

    /** A function over one column or computed field. */
    Sql over(TrackedTable table, String alias, String function, String field) {
        ComputedField computed = table.computedField(field);
        if (computed != null) {
            Sql row = Sql.of("ROW(").name(alias).add(".*)::").name(table.name());
            return Sql.of(function + "(")
                    .add(cells.seen(table, alias, field, functions.call(computed, row, null)))
                    .add(")");
        }
        Column column = column(table, field);
        // Postgres has no max(uuid) before version 18; its text sorts alike.
        String cast = column.type().equals("uuid") && !column.array() ? "::text)" : ")";
        return Sql.of(function + "(").add(column(table, alias, field)).add(cast);
    }

    /** A column as the role sees it. */
    Sql column(TrackedTable table, String alias, @Nullable Object field) {
        Column column = column(table, field);
        return cells.seen(table, alias, table.fieldOf(column), new Sql().column(alias, column.name()));
    }

    static Column column(TrackedTable table, @Nullable Object field) {
        Column column = table.columnOf(String.valueOf(field));
        if (column == null) {
            throw EngineException.validation("$", "no such column: '" + field + "'");
        }
        return column;
    }
}
