package io.github.hasura4j.client.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.hasura4j.client.project.MetadataChange.Kind;
import io.github.hasura4j.client.project.WantedMetadata.Entry;
import io.github.hasura4j.client.project.WantedMetadata.Place;
import io.github.hasura4j.client.project.WantedMetadata.Validated;
import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts an application's entries into a document, and takes those out that carry its mark and are not wanted any more. */
final class MetadataMerge {

    private static final Pattern WRAPPING = Pattern.compile("[\\[\\]!\\s]");
    private static final List<String> OPERATIONS = List.of("insert", "update", "delete");

    /** What is one thing, and replaced as one. */
    private static final Set<String> WHOLE =
            Set.of("arguments", "permissions", "insert", "update", "delete", "payload");

    private final WantedMetadata wanted;
    private final ObjectNode before;
    private final ObjectNode document;
    private final List<MetadataChange> changes = new ArrayList<>();

    MetadataMerge(WantedMetadata wanted, ObjectNode document) {
        this.wanted = wanted;
        this.before = document;
        this.document = document.deepCopy();
    }

    MergedMetadata merged() {
        named("actions", "action", wanted.actions(), List.of("definition"));
        types();
        eventTriggers();
        validations();
        named("cron_triggers", "cron trigger", wanted.cronTriggers(), List.of());
        named("remote_schemas", "remote schema", wanted.remoteSchemas(), List.of("definition"));
        return new MergedMetadata(document, changes);
    }

    /** @param holder where in an entry its headers are */
    private void named(String key, String shown, Map<String, Entry> entries, List<String> holder) {
        ArrayNode list = list(document, key);
        for (int i = list.size() - 1; i >= 0; i--) {
            String name = list.get(i).path("name").asString("");
            if (isOurs(at(list.get(i), holder)) && !entries.containsKey(name)) {
                list.remove(i);
                change(Kind.REMOVE, "%s '%s'".formatted(shown, name), "");
            }
        }
        entries.forEach(
                (name, entry) -> put(list, name, marked(entry, holder), holder, "%s '%s'".formatted(shown, name)));
        setOrRemove(document, key, list);
    }

    private void put(ArrayNode list, String name, Entry entry, List<String> holder, String shown) {
        int there = indexOf(list, name);
        if (there < 0) {
            list.insert(sortedPlace(list, name), complete(entry.said(), entry.defaults()));
            change(Kind.ADD, shown, "");
            return;
        }
        ObjectNode before = (ObjectNode) list.get(there);
        ObjectNode updated = updated(before, entry.said(), entry.defaults());
        if (!updated.equals(before) && mayChange(at(before, holder), shown)) {
            change(Kind.UPDATE, shown, difference(before, updated));
            list.set(there, updated);
        }
    }

    /** Ours, or nobody's while we adopt; else a conflict. */
    private boolean mayChange(JsonNode marked, String shown) {
        String owner = ownerOf(marked);
        if (wanted.owner().equals(owner) || owner == null && wanted.adopting()) {
            return true;
        }
        change(
                Kind.CONFLICT,
                shown,
                owner == null
                        ? "it is there without a mark of ours, so it is left alone; adopt it, or rename the handler"
                        : "it belongs to '%s'; rename the handler".formatted(owner));
        return false;
    }

    private static int indexOf(ArrayNode list, String name) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path("name").asString("").equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** In between where the list is in order, else at the end. */
    private static int sortedPlace(ArrayNode list, String name) {
        int place = list.size();
        for (int i = list.size() - 1; i >= 0; i--) {
            String each = list.get(i).path("name").asString("");
            if (i > 0 && list.get(i - 1).path("name").asString("").compareTo(each) > 0) {
                return list.size();
            }
            place = each.compareTo(name) > 0 ? i : place;
        }
        return place;
    }

    /** With the wanted keys, and those of the entry that nobody says anything about; a null takes a key out. */
    private static ObjectNode updated(ObjectNode there, JsonNode said, JsonNode defaults) {
        ObjectNode updated = there.deepCopy();
        for (Map.Entry<String, JsonNode> each : said.properties()) {
            String key = each.getKey();
            JsonNode old = updated.get(key);
            JsonNode wanted = each.getValue();
            if (wanted.isNull()) {
                updated.remove(key);
            } else if (old == null || old.isNull()) {
                setUnlessSame(updated, key, old, complete(wanted, defaults.path(key)));
            } else if (key.equals("headers") && old instanceof ArrayNode headers) {
                updated.set(key, headers(headers, wanted));
            } else if (old instanceof ObjectNode oldMap && wanted.isObject()) {
                updated.set(key, updated(oldMap, wanted, defaults.path(key)));
            } else {
                setUnlessSame(updated, key, old, wanted);
            }
        }
        return updated;
    }

    /** For what is not there yet: what is said, and the defaults for the rest, in the order of the defaults. */
    private static JsonNode complete(JsonNode said, JsonNode defaults) {
        if (!said.isObject()) {
            return said;
        }
        ObjectNode complete = JsonNodeFactory.instance.objectNode();
        defaults.properties().forEach(each -> complete.set(each.getKey(), each.getValue()));
        said.properties().forEach(each -> {
            if (each.getValue().isNull()) {
                complete.remove(each.getKey());
            } else {
                complete.set(each.getKey(), complete(each.getValue(), defaults.path(each.getKey())));
            }
        });
        return complete;
    }

    private static void setUnlessSame(ObjectNode map, String key, @Nullable JsonNode old, JsonNode wanted) {
        if (!Json.same(old, wanted)) {
            map.set(key, wanted);
        }
    }

    /** By name: what others have added stays. */
    private static ArrayNode headers(ArrayNode there, JsonNode wanted) {
        ArrayNode headers = there.deepCopy();
        for (JsonNode each : wanted) {
            String name = each.path("name").asString("");
            int at = -1;
            for (int i = 0; i < headers.size(); i++) {
                if (headers.get(i).path("name").asString("").equalsIgnoreCase(name)) {
                    at = i;
                }
            }
            if (at < 0) {
                headers.add(each);
            } else if (!headers.get(at).equals(each)) {
                headers.set(at, each);
            }
        }
        return headers;
    }

    private static String difference(JsonNode before, JsonNode after) {
        Set<String> keys = new LinkedHashSet<>();
        gather("", before, after, keys);
        return String.join(", ", keys);
    }

    private static void gather(String path, JsonNode before, JsonNode after, Set<String> keys) {
        if (before.isObject() && after.isObject()) {
            Set<String> all = new LinkedHashSet<>(before.propertyNames());
            all.addAll(after.propertyNames());
            for (String key : all) {
                gather(path.isEmpty() ? key : path + "." + key, before.path(key), after.path(key), keys);
            }
        } else if (!before.equals(after)) {
            keys.add(path);
        }
    }

    private void types() {
        Set<String> ours = reachable(before, true);
        Set<String> needed = reachable(document, false);
        ObjectNode types = document.path("custom_types") instanceof ObjectNode there
                ? there
                : JsonNodeFactory.instance.objectNode();
        for (String kind : ActionFiles.KINDS) {
            ArrayNode list = list(types, kind);
            for (int i = list.size() - 1; i >= 0; i--) {
                String name = list.get(i).path("name").asString("");
                if (ours.contains(name)
                        && !needed.contains(name)
                        && !wanted.types(kind).containsKey(name)) {
                    list.remove(i);
                    change(Kind.REMOVE, "type '%s'".formatted(name), "");
                }
            }
            wanted.types(kind).forEach((name, type) -> type(list, name, type, ours));
            setOrRemove(types, kind, list);
        }
        if (types.isEmpty()) {
            document.remove("custom_types");
        } else {
            document.set("custom_types", types);
        }
    }

    private void type(ArrayNode list, String name, ObjectNode type, Set<String> ours) {
        String shown = "type '%s'".formatted(name);
        int there = indexOf(list, name);
        if (there < 0) {
            list.add(type);
            change(Kind.ADD, shown, "");
            return;
        }
        ObjectNode updated = updatedType((ObjectNode) list.get(there), type);
        if (updated.equals(list.get(there))) {
            return;
        }
        if (othersUse(name) || !ours.contains(name) && !wanted.adopting()) {
            change(Kind.CONFLICT, shown, "actions of others use it as it is; give the class another name");
            return;
        }
        change(Kind.UPDATE, shown, difference(list.get(there), updated));
        list.set(there, updated);
    }

    private static ObjectNode updatedType(ObjectNode there, ObjectNode type) {
        ObjectNode updated = there.deepCopy();
        for (Map.Entry<String, JsonNode> each : type.properties()) {
            setUnlessSame(updated, each.getKey(), updated.get(each.getKey()), each.getValue());
        }
        return updated;
    }

    private boolean othersUse(String type) {
        Set<String> others = new LinkedHashSet<>();
        for (JsonNode action : before.path("actions")) {
            String name = action.path("name").asString("");
            if (!isOurs(action.path("definition"))
                    && !(wanted.adopting() && wanted.actions().containsKey(name))) {
                others.addAll(reachable(before, action));
            }
        }
        return others.contains(type);
    }

    /** The names of all types that actions need, directly or through other types. */
    private Set<String> reachable(JsonNode metadata, boolean onlyOurs) {
        Set<String> reachable = new LinkedHashSet<>();
        for (JsonNode action : metadata.path("actions")) {
            if (!onlyOurs || isOurs(action.path("definition"))) {
                reachable.addAll(reachable(metadata, action));
            }
        }
        return reachable;
    }

    private static Set<String> reachable(JsonNode metadata, JsonNode action) {
        Map<String, JsonNode> types = new LinkedHashMap<>();
        for (String kind : ActionFiles.KINDS) {
            metadata.path("custom_types")
                    .path(kind)
                    .forEach(type -> types.put(type.path("name").asString(""), type));
        }
        Set<String> reachable = new LinkedHashSet<>();
        List<String> open = new ArrayList<>();
        open.add(base(action.path("definition").path("output_type")));
        action.path("definition").path("arguments").forEach(argument -> open.add(base(argument.path("type"))));
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            JsonNode type = types.get(name);
            if (type != null && reachable.add(name)) {
                type.path("fields").forEach(field -> open.add(base(field.path("type"))));
            }
        }
        return reachable;
    }

    private static String base(JsonNode type) {
        return WRAPPING.matcher(type.asString("")).replaceAll("");
    }

    private void eventTriggers() {
        forEachTable((source, table, entry) -> {
            ArrayNode triggers = list(entry, "event_triggers");
            for (int i = triggers.size() - 1; i >= 0; i--) {
                Place place =
                        new Place(source, table, triggers.get(i).path("name").asString(""));
                if (isOurs(triggers.get(i)) && !wanted.eventTriggers().containsKey(place)) {
                    triggers.remove(i);
                    change(Kind.REMOVE, place.shown(), "");
                }
            }
            if (triggers.isEmpty()) {
                entry.remove("event_triggers");
            }
        });
        wanted.eventTriggers().forEach((place, trigger) -> {
            ObjectNode table = table(place.source(), place.table());
            if (table == null) {
                change(Kind.CONFLICT, place.shown(), untracked(place.source(), place.table()));
                return;
            }
            ArrayNode triggers = list(table, "event_triggers");
            put(triggers, place.name(), marked(trigger, List.of()), List.of(), place.shown());
            table.set("event_triggers", triggers);
        });
    }

    private static String untracked(String source, TableName table) {
        return "the source '%s' has no table %s; track the table first".formatted(source, table);
    }

    private void validations() {
        forEachTable((source, table, entry) -> OPERATIONS.forEach(operation -> entry.path(operation + "_permissions")
                .forEach(permission -> {
                    Validated place = new Validated(
                            source, table, operation, permission.path("role").asString(""));
                    if (isOurs(permission
                                    .path("permission")
                                    .path("validate_input")
                                    .path("definition"))
                            && !wanted.validations().containsKey(place)) {
                        ((ObjectNode) permission.path("permission")).remove("validate_input");
                        change(Kind.REMOVE, place.shown(), "");
                    }
                })));
        wanted.validations().forEach((place, validation) -> {
            ObjectNode permission = permission(place);
            if (permission == null) {
                change(
                        Kind.CONFLICT,
                        place.shown(),
                        "the role has no such permission; grant it first, then its input can be validated");
                return;
            }
            Entry entry = marked(validation, List.of("definition"));
            if (!(permission.path("validate_input") instanceof ObjectNode there)) {
                permission.set("validate_input", complete(entry.said(), entry.defaults()));
                change(Kind.ADD, place.shown(), "");
                return;
            }
            ObjectNode updated = updated(there, entry.said(), entry.defaults());
            if (!updated.equals(there) && mayChange(there.path("definition"), place.shown())) {
                change(Kind.UPDATE, place.shown(), difference(there, updated));
                permission.set("validate_input", updated);
            }
        });
    }

    private @Nullable ObjectNode permission(Validated place) {
        ObjectNode table = table(place.source(), place.table());
        if (table != null) {
            for (JsonNode each : table.path(place.operation() + "_permissions")) {
                if (each.path("role").asString("").equals(place.role())
                        && each.path("permission") instanceof ObjectNode permission) {
                    return permission;
                }
            }
        }
        return null;
    }

    private interface TableVisitor {
        void visit(String source, TableName table, ObjectNode entry);
    }

    private void forEachTable(TableVisitor visitor) {
        for (JsonNode source : document.path("sources")) {
            for (JsonNode table : source.path("tables")) {
                visitor.visit(
                        source.path("name").asString("default"), Json.table(table.path("table")), (ObjectNode) table);
            }
        }
    }

    private @Nullable ObjectNode table(String source, TableName name) {
        ObjectNode[] found = new ObjectNode[1];
        forEachTable((each, table, entry) -> {
            if (each.equals(source) && table.equals(name)) {
                found[0] = entry;
            }
        });
        return found[0];
    }

    private static JsonNode at(JsonNode entry, List<String> path) {
        JsonNode at = entry;
        for (String key : path) {
            at = at.path(key);
        }
        return at;
    }

    private Entry marked(Entry entry, List<String> path) {
        ObjectNode said = entry.said().deepCopy();
        ObjectNode holder = path.isEmpty() ? said : said.withObject("/" + String.join("/", path));
        ArrayNode headers = list(holder, "headers");
        headers.addObject().put("name", WantedMetadata.OWNER_HEADER).put("value", wanted.owner());
        holder.set("headers", headers);
        return new Entry(said, entry.defaults());
    }

    private boolean isOurs(JsonNode holder) {
        return wanted.owner().equals(ownerOf(holder));
    }

    private static @Nullable String ownerOf(JsonNode holder) {
        for (JsonNode header : holder.path("headers")) {
            if (header.path("name").asString("").equalsIgnoreCase(WantedMetadata.OWNER_HEADER)) {
                return header.path("value").asString("");
            }
        }
        return null;
    }

    private static ArrayNode list(ObjectNode holder, String key) {
        return holder.path(key) instanceof ArrayNode there ? there : JsonNodeFactory.instance.arrayNode();
    }

    /** A list that has become empty goes, as in an export. */
    private static void setOrRemove(ObjectNode holder, String key, ArrayNode list) {
        if (list.isEmpty()) {
            holder.remove(key);
        } else {
            holder.set(key, list);
        }
    }

    private void change(Kind kind, String what, String detail) {
        changes.add(new MetadataChange(kind, what, detail));
    }
}
