package io.github.hasura4j.test.engine.schema;

import java.util.List;

import graphql.language.InputValueDefinition;
import io.github.hasura4j.test.engine.schema.RootField.Kind;

/** What one role sees of the tables: types and root fields, as {@code graphql-api.md} D has them. */
final class TableSchema {

    private final RoleView view;
    private final SchemaParts parts;
    private final RowSchema rows;
    private final BoolExpSchema conditions;
    private final OrderBySchema orders;
    private final AggregateSchema aggregates;
    private final StreamSchema streams;
    private final InsertSchema inserts;
    private final UpdateSchema updates;
    private final FunctionSchema functions;
    private final NativeQuerySchema nativeQueries;

    TableSchema(RoleView view, SchemaParts parts) {
        this.view = view;
        this.parts = parts;
        this.rows = new RowSchema(view, parts);
        this.conditions = new BoolExpSchema(view, parts);
        this.orders = new OrderBySchema(view, parts);
        this.aggregates = new AggregateSchema(view, parts);
        this.streams = new StreamSchema(view, parts);
        this.inserts = new InsertSchema(view, parts);
        this.updates = new UpdateSchema(view, parts);
        this.functions = new FunctionSchema(view, parts);
        this.nativeQueries = new NativeQuerySchema(view, parts, rows, conditions, orders);
    }

    void add() {
        OrderBySchema.defineDirections(parts);
        view.tables().enums().forEach((name, values) -> parts.define(Sdl.enumeration(name, null, values)));
        view.tables().all().forEach(this::add);
        view.tables().functions().forEach(functions::add);
        view.tables().nativeQueries().forEach(nativeQueries::add);
    }

    private void add(TrackedTable table) {
        conditions.add(table);
        rows.addMutationResponse(table);
        if (view.readable(table)) {
            rows.add(table);
            orders.add(table);
            addQueries(table);
            streams.add(table);
        }
        inserts.add(table);
        updates.add(table);
        addDeletes(table);
    }

    private void addQueries(TrackedTable table) {
        String t = table.typeName();
        String what = "fetch data from the table: " + RoleView.quoted(table);
        addQuery(table, Kind.SELECT, "select", "%s", "[" + t + "!]!", what, TableArguments.list(table));
        if (!view.key(table).isEmpty()) {
            addQuery(
                    table,
                    Kind.SELECT_BY_PK,
                    "select_by_pk",
                    "%s_by_pk",
                    t,
                    what + " using primary key columns",
                    TableArguments.key(table));
        }
        if (view.aggregates(table)) {
            aggregates.add(table);
            addQuery(
                    table,
                    Kind.SELECT_AGGREGATE,
                    "select_aggregate",
                    "%s_aggregate",
                    t + "_aggregate!",
                    "fetch aggregated fields from the table: " + RoleView.quoted(table),
                    TableArguments.list(table));
        }
    }

    private void addQuery(
            TrackedTable table,
            Kind kind,
            String rootField,
            String defaultName,
            String type,
            String description,
            List<InputValueDefinition> arguments) {
        Access.Select select = view.select(table);
        if (select != null) {
            var field = Sdl.field(
                    table.rootField(rootField, defaultName),
                    type,
                    table.rootFieldComment(rootField, description),
                    arguments);
            var behind = new RootField.OfTable(kind, table);
            if (select.hasQueryField(rootField)) {
                parts.put(true, field, behind, "table", table.toString());
            }
            if (select.hasSubscriptionField(rootField)) {
                parts.putSubscription(field, behind, "table", table.toString());
            }
        }
    }

    private void addDeletes(TrackedTable table) {
        if (view.delete(table) == null) {
            return;
        }
        String t = table.typeName();
        parts.putMutation(
                table,
                Kind.DELETE,
                Sdl.field(
                        table.rootField("delete", "delete_%s"),
                        t + "_mutation_response",
                        table.rootFieldComment("delete", "delete data from the table: " + RoleView.quoted(table)),
                        List.of(TableArguments.where(table, "filter the rows which have to be deleted"))));
        if (!view.key(table).isEmpty()) {
            parts.putMutation(
                    table,
                    Kind.DELETE_BY_PK,
                    Sdl.field(
                            table.rootField("delete_by_pk", "delete_%s_by_pk"),
                            t,
                            table.rootFieldComment(
                                    "delete_by_pk", "delete single row from the table: " + RoleView.quoted(table)),
                            TableArguments.key(table)));
        }
    }
}
