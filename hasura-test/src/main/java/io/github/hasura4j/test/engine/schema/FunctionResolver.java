package io.github.hasura4j.test.engine.schema;

import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.project.ComputedFieldMetadata;
import io.github.hasura4j.client.project.FunctionMetadata;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.catalog.Catalog;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Function;
import org.jspecify.annotations.Nullable;

/** Finds the functions that the metadata name, in the engine's words where one cannot be used. */
final class FunctionResolver {

    private final Catalog catalog;
    private final Map<TableName, TrackedTable> tables;
    private final Problems problems;

    FunctionResolver(Catalog catalog, Map<TableName, TrackedTable> tables, Problems problems) {
        this.catalog = catalog;
        this.tables = tables;
        this.problems = problems;
    }

    void add(FunctionMetadata metadata, List<TrackedFunction> into) {
        String name = "function " + metadata.function().name() + " in source default";
        Function function = find(metadata.function(), "function", name);
        if (function == null) {
            return;
        }
        TrackedTable table = function.rowType() == null ? null : tables.get(function.rowType());
        if (table == null) {
            problems.inconsistent(
                    "function",
                    name,
                    "Inconsistent object: the function \"" + metadata.function().name()
                            + "\" cannot be tracked because it does not return rows of a tracked table");
            return;
        }
        TrackedFunction tracked = new TrackedFunction(metadata, function, table);
        if (GraphQlNames.isName(tracked.typeName())) {
            into.add(tracked);
        } else {
            problems.inconsistent("function", name, "its name is not a GraphQL name: give it a custom_name");
        }
    }

    void addComputedFields(TrackedTable table) {
        for (ComputedFieldMetadata metadata : table.metadata().computedFields()) {
            String name = "computed field " + metadata.name() + " in table " + table.name();
            Function function = find(metadata.function(), "computed_field", name);
            if (function != null) {
                add(table, metadata, function, name);
            }
        }
    }

    private void add(TrackedTable table, ComputedFieldMetadata metadata, Function function, String name) {
        String row = rowArgument(table, metadata, function);
        if (row == null) {
            problems.inconsistent(
                    "computed_field",
                    name,
                    "Inconsistent object: no argument of the function \""
                            + function.name().name() + "\" takes a row of the table");
            return;
        }
        boolean rows = function.rowType() != null;
        if (rows && !tables.containsKey(function.rowType())) {
            problems.inconsistent(
                    "computed_field",
                    name,
                    "Inconsistent object: the function returns rows of a table that is not tracked");
            return;
        }
        if (table.columnOf(metadata.name()) != null) {
            problems.inconsistent(
                    "computed_field", name, "Inconsistent object: field already exists: \"" + metadata.name() + '"');
            return;
        }
        String comment = metadata.comment() != null
                ? metadata.comment()
                : "A computed field, executes function \"" + function.name().name() + '"';
        table.computedFields()
                .put(
                        metadata.name(),
                        new ComputedField(
                                metadata.name(),
                                function,
                                row,
                                metadata.sessionArgument(),
                                rows ? function.rowType() : null,
                                comment));
    }

    private static @Nullable String rowArgument(TrackedTable table, ComputedFieldMetadata metadata, Function function) {
        for (Column argument : function.arguments()) {
            boolean meant = metadata.tableArgument() == null || argument.name().equals(metadata.tableArgument());
            if (meant) {
                return argument.type().equals(table.name().name()) ? argument.name() : null;
            }
        }
        return null;
    }

    private @Nullable Function find(TableName function, String type, String name) {
        List<Function> found = catalog.functions(function);
        if (found.size() == 1) {
            return found.get(0);
        }
        problems.inconsistent(
                type,
                name,
                found.isEmpty()
                        ? "Inconsistent object: no such function exists in source: \"" + function.name() + '"'
                        : "Inconsistent object: the function \"" + function.name() + "\" is overloaded");
        return null;
    }
}
