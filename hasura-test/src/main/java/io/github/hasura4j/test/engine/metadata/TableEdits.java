package io.github.hasura4j.test.engine.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.EngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Commands on which tables are tracked, and how. */
final class TableEdits {

    private TableEdits() {}

    static Map<String, Edit> all() {
        return Map.of(
                "track_table", TableEdits::track,
                "track_tables", TableEdits::trackAll,
                "untrack_table", TableEdits::untrack,
                "untrack_tables", TableEdits::untrackAll,
                "set_table_customization", TableEdits::customize,
                "set_table_is_enum", TableEdits::setEnum);
    }

    private static Edited track(MetadataDocument document, CommandArgs args) {
        TableName name = args.table();
        ArrayNode tables = MetadataDocument.list(document.source(args), "tables");
        if (MetadataDocument.byName(tables, "table", name) != null) {
            throw EngineException.of(
                    "already-tracked",
                    "$.args",
                    "view/table already tracked: \"" + MetadataDocument.shown(name) + "\"");
        }
        ObjectNode table = tables.addObject();
        table.set("table", MetadataDocument.write(name));
        table.setAll(args.only("is_enum", "configuration", "apollo_federation_config"));
        return Edited.added("table", name.toString());
    }

    private static Edited trackAll(MetadataDocument document, CommandArgs args) {
        each(args).forEach(one -> track(document, one));
        return Edited.added("table", "");
    }

    private static Edited untrack(MetadataDocument document, CommandArgs args) {
        TableName name = args.table();
        ArrayNode tables = MetadataDocument.list(document.source(args), "tables");
        ObjectNode table = MetadataDocument.byName(tables, "table", name);
        if (table == null) {
            throw EngineException.of(
                    "already-untracked",
                    "$.args",
                    "view/table already untracked: \"" + MetadataDocument.shown(name) + "\"");
        }
        List<Dependents.Dependent> dependents = Dependents.on(name, tables);
        if (!dependents.isEmpty() && !args.flag("cascade")) {
            throw Dependents.refusal(dependents);
        }
        dependents.forEach(Dependents.Dependent::remove);
        MetadataDocument.remove(tables, table);
        return Edited.removed("table", name.toString());
    }

    private static Edited untrackAll(MetadataDocument document, CommandArgs args) {
        each(args).forEach(one -> untrack(document, one));
        return Edited.removed("table", "");
    }

    /** The single commands that a command on several tables stands for. */
    private static List<CommandArgs> each(CommandArgs args) {
        List<CommandArgs> all = new ArrayList<>();
        for (JsonNode table : args.json().path("tables")) {
            all.add(new CommandArgs(args.command(), args.ofSource(), table));
        }
        return all;
    }

    private static Edited customize(MetadataDocument document, CommandArgs args) {
        ObjectNode table = document.table(args);
        table.remove("configuration");
        table.setAll(args.only("configuration"));
        return Edited.added("table", args.table().toString());
    }

    private static Edited setEnum(MetadataDocument document, CommandArgs args) {
        document.table(args).put("is_enum", args.flag("is_enum"));
        return Edited.added("table", args.table().toString());
    }
}
