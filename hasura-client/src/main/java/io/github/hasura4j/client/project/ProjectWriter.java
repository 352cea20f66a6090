package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Finds what of a metadata directory has to change for it to say what a document says. */
final class ProjectWriter {

    private final Path directory;
    private final JsonNode current;
    private final JsonNode target;
    private final Map<Path, FileChange> changes = new LinkedHashMap<>();

    private ProjectWriter(Path directory, JsonNode current, JsonNode target) {
        this.directory = directory;
        this.current = current;
        this.target = target;
    }

    static ProjectPlan plan(Path directory, JsonNode current, JsonNode target) {
        ProjectWriter writer = new ProjectWriter(directory, current, target);
        writer.sources();
        for (String list : MetadataDirectory.LISTS) {
            writer.top(list, writer.list(MetadataDirectory.key(list)));
        }
        for (String map : MetadataDirectory.MAPS) {
            JsonNode wanted = target.path(map);
            writer.top(map, wanted.isObject() ? wanted : JsonNodeFactory.instance.objectNode());
        }
        writer.actions();
        return new ProjectPlan(List.copyOf(writer.changes.values()));
    }

    private JsonNode list(String key) {
        JsonNode wanted = target.path(key);
        return wanted.isArray() ? wanted : JsonNodeFactory.instance.arrayNode();
    }

    private void sources() {
        JsonNode wanted = list("sources");
        Path databases = MetadataDirectory.file(directory.resolve("databases"), "databases");
        if (Files.isRegularFile(databases)) {
            patch(databases, wanted);
            return;
        }
        boolean old = Files.isRegularFile(MetadataDirectory.file(directory, "tables"))
                || Files.isRegularFile(MetadataDirectory.file(directory, "functions"));
        if (!old && wanted.isEmpty()) {
            return;
        }
        if (!old || wanted.size() != 1) {
            throw new HasuraProjectException(
                    "'%s' has no databases/databases.yaml to put the sources into: export the metadata with the engine's tool first"
                            .formatted(directory),
                    null);
        }
        top("tables", wanted.get(0).path("tables"));
        top("functions", wanted.get(0).path("functions"));
    }

    /** A file right in the directory; missing or empty is as good as an empty list or map. */
    private void top(String name, JsonNode wanted) {
        Path file = MetadataDirectory.file(directory, name);
        if (!Files.isRegularFile(file) && wanted.isEmpty()) {
            return;
        }
        patch(file, wanted);
    }

    private void patch(Path file, JsonNode wanted) {
        JsonNode raw = Files.isRegularFile(file) ? Yaml.read(file) : JsonNodeFactory.instance.nullNode();
        if (Yaml.resolve(raw, file).equals(wanted) || raw.isNull() && wanted.isEmpty()) {
            return;
        }
        if (file.toString().endsWith(".json")) {
            throw new HasuraProjectException(
                    "'%s' is JSON, which is read but not written. Export the metadata with the engine's tool to have YAML"
                            .formatted(file),
                    null);
        }
        String before = text(file);
        String bom = before.startsWith("\ufeff") ? "\ufeff" : "";
        String after =
                bom + YamlPatch.apply(file, before.substring(bom.length()), raw, wanted, new IncludedFiles(file));
        JsonNode written = Yaml.parse(file, after.substring(bom.length()));
        if (!says(written, wanted)) {
            throw new HasuraProjectException(
                    "'%s' cannot be changed safely: what would be written does not say what it should. Make the change by hand"
                            .formatted(file),
                    null);
        }
        change(file, before, after);
    }

    /** Whether a file's content is this, apart from what it includes. */
    private static boolean says(JsonNode written, JsonNode wanted) {
        if (written.isString() && written.stringValue().contains("!include")) {
            return true;
        }
        if (written.isObject() && wanted.isObject()) {
            return new HashSet<>(written.propertyNames()).equals(new HashSet<>(wanted.propertyNames()))
                    && written.properties().stream().allMatch(pair -> says(pair.getValue(), wanted.get(pair.getKey())));
        }
        if (written.isArray() && wanted.isArray()) {
            boolean same = written.size() == wanted.size();
            for (int i = 0; same && i < written.size(); i++) {
                same = says(written.get(i), wanted.get(i));
            }
            return same;
        }
        return written.equals(wanted)
                || written.isNumber() && wanted.isNumber() && written.asString().equals(wanted.asString());
    }

    private void change(Path file, String before, String after) {
        if (!before.equals(after)) {
            changes.put(file, new FileChange(file, before, after));
        }
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new HasuraProjectException("Cannot read '%s'".formatted(file), e);
        }
    }

    private final class IncludedFiles implements YamlPatch.Includes {

        private final Path from;

        private IncludedFiles(Path from) {
            this.from = from;
        }

        @Override
        public JsonNode content(String include) {
            return Yaml.included(include, from);
        }

        @Override
        public void patch(String include, JsonNode wanted) {
            Path file = Yaml.includedFile(include, from);
            if (!file.toString().endsWith(".yaml") && !file.toString().endsWith(".yml")) {
                throw new HasuraProjectException(
                        "'%s' is included as text by '%s' and is not changed. Change it by hand".formatted(file, from),
                        null);
            }
            ProjectWriter.this.patch(file, wanted);
        }
    }

    private void actions() {
        Path sdlFile = directory.resolve("actions.graphql");
        Path yamlFile = MetadataDirectory.file(directory, "actions");
        JsonNode raw =
                Files.isRegularFile(yamlFile) ? Yaml.readWithIncludes(yamlFile) : JsonNodeFactory.instance.objectNode();
        Map<String, JsonNode> rawActions = Json.byName(raw.path("actions"));
        Set<String> inYaml = new HashSet<>();
        rawActions.forEach((name, entry) -> {
            if (entry.path("definition").has("output_type")) {
                inYaml.add(name);
            }
        });
        if (current.path("actions").equals(target.path("actions"))
                && current.path("custom_types").equals(target.path("custom_types"))) {
            return;
        }
        String before = text(sdlFile);
        String after = SdlPatch.apply(sdlFile, before, current, target, inYaml);
        change(sdlFile, before, after);
        ObjectNode wanted = raw.isObject() ? ((ObjectNode) raw).deepCopy() : JsonNodeFactory.instance.objectNode();
        wanted.set("actions", rawActions(rawActions));
        if (raw.has("custom_types") || !target.path("custom_types").isEmpty()) {
            wanted.set("custom_types", rawTypes(raw.path("custom_types")));
        }
        patch(yamlFile, wanted);
        verify(sdlFile, after, wanted);
    }

    /** The two files together have to say what they should. */
    private void verify(Path sdlFile, String sdl, JsonNode yaml) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        ActionFiles.addTo(written, sdlFile, sdl, yaml);
        if (!ActionFiles.same(written, target)) {
            throw new HasuraProjectException(
                    "'%s' cannot be changed safely: what would be written does not say what it should. Make the change by hand"
                            .formatted(sdlFile),
                    null);
        }
    }

    private ArrayNode rawActions(Map<String, JsonNode> raw) {
        Map<String, JsonNode> before = Json.byName(current.path("actions"));
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (JsonNode action : target.path("actions")) {
            String name = action.path("name").asString("");
            JsonNode there = raw.get(name);
            if (action.equals(before.get(name))) {
                if (there != null) {
                    entries.add(there);
                }
            } else {
                entries.add(rawAction(action, there));
            }
        }
        return inTheOrderOf(raw, entries);
    }

    /** Entries stay where they are, whatever the order of the signatures. */
    private static ArrayNode inTheOrderOf(Map<String, JsonNode> raw, ArrayNode entries) {
        Map<String, JsonNode> wanted = Json.byName(entries);
        List<JsonNode> ordered = new ArrayList<>();
        raw.keySet().stream().filter(wanted::containsKey).forEach(name -> ordered.add(wanted.get(name)));
        String previous = null;
        for (Map.Entry<String, JsonNode> each : wanted.entrySet()) {
            if (!raw.containsKey(each.getKey())) {
                ordered.add(after(previous, ordered), each.getValue());
            }
            previous = each.getKey();
        }
        return JsonNodeFactory.instance.arrayNode().addAll(ordered);
    }

    private static int after(@Nullable String previous, List<JsonNode> ordered) {
        for (int i = 0; i < ordered.size(); i++) {
            if (ordered.get(i).path("name").asString("").equals(previous)) {
                return i + 1;
            }
        }
        return previous == null ? 0 : ordered.size();
    }

    private static ObjectNode rawAction(JsonNode action, @Nullable JsonNode raw) {
        ObjectNode entry = Exported.ordered(action, Exported.ACTION);
        ObjectNode definition = Exported.ordered(action.path("definition"), Exported.ACTION_DEFINITION);
        for (String key : ActionFiles.SIGNATURE) {
            if (raw == null || !raw.path("definition").has(key)) {
                definition.remove(key);
            }
        }
        entry.set("definition", definition);
        return entry;
    }

    private ObjectNode rawTypes(JsonNode raw) {
        ObjectNode types = raw.isObject() ? ((ObjectNode) raw).deepCopy() : JsonNodeFactory.instance.objectNode();
        for (String kind : ActionFiles.KINDS) {
            JsonNode wanted = target.path("custom_types").path(kind);
            if (!raw.has(kind) && wanted.isEmpty() && raw.isObject()) {
                continue;
            }
            Map<String, JsonNode> before =
                    Json.byName(current.path("custom_types").path(kind));
            Map<String, JsonNode> there = Json.byName(raw.path(kind));
            ArrayNode entries = JsonNodeFactory.instance.arrayNode();
            for (JsonNode type : wanted) {
                String name = type.path("name").asString("");
                JsonNode entry = there.get(name);
                boolean same = type.equals(before.get(name));
                if (same && entry != null) {
                    entries.add(entry);
                } else if (!same && (entry != null || !before.containsKey(name) || type.has("relationships"))) {
                    entries.add(Exported.typeEntry(kind, type));
                }
            }
            types.set(kind, inTheOrderOf(there, entries));
        }
        return types;
    }
}
