package io.github.hasura4j.client.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.hasura4j.client.project.SdlText.Definition;
import io.github.hasura4j.client.project.SdlText.Field;
import tools.jackson.databind.JsonNode;

/** Changes the text of {@code actions.graphql} where signatures and types have changed, and nowhere else. */
final class SdlPatch {

    private static final Map<String, String> KEYWORDS =
            Map.of("enums", "enum", "input_objects", "input", "objects", "type", "scalars", "scalar");

    private final String text;
    private final TextEdits edits;
    private final SdlText sdl;
    private final String lineEnd;

    private final Path file;

    private SdlPatch(Path file, String text) {
        this.file = file;
        this.text = text;
        this.edits = new TextEdits(text);
        this.sdl = new SdlText(text);
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    }

    /**
     * The changed text.
     *
     * @param file for messages
     * @param inYaml actions whose signature stands in {@code actions.yaml} instead
     * @throws HasuraProjectException if something would be lost that the metadata do not know: a comment, a directive, a default
     */
    static String apply(Path file, String text, JsonNode current, JsonNode target, Set<String> inYaml) {
        SdlPatch patch = new SdlPatch(file, text);
        patch.actions(Json.byName(current.path("actions")), Json.byName(target.path("actions")), inYaml);
        for (String kind : ActionFiles.KINDS) {
            patch.types(
                    kind,
                    Json.byName(current.path("custom_types").path(kind)),
                    Json.byName(target.path("custom_types").path(kind)));
        }
        String changed = patch.edits.applied();
        return changed.isBlank() ? "" : changed; // As the tool leaves it without actions.
    }

    private void actions(Map<String, JsonNode> current, Map<String, JsonNode> target, Set<String> inYaml) {
        List<String> added = new ArrayList<>();
        target.forEach((name, action) -> {
            JsonNode before = current.get(name);
            JsonNode wanted = action.path("definition");
            if (before == null) {
                added.add(name);
            } else if (!inYaml.contains(name) && !sameSignature(before.path("definition"), wanted)) {
                change(name, before.path("definition"), wanted, added);
            }
        });
        for (Definition block : sdl.definitions()) {
            if (block.isOfActions()) {
                List<Field> gone = block.fields().stream()
                        .filter(field -> !target.containsKey(field.name()) || added.contains(field.name()))
                        .toList();
                if (gone.size() == block.fields().size()) {
                    delete(block.from(), block.to());
                } else {
                    gone.forEach(field -> delete(field.from(), field.to()));
                }
            }
        }
        int end = sdl.definitions().stream()
                .filter(Definition::isOfActions)
                .mapToInt(Definition::to)
                .max()
                .orElse(-1);
        for (String name : added) {
            add(
                    end,
                    SdlText.action(
                            name, Objects.requireNonNull(target.get(name)).path("definition")));
        }
    }

    private void change(String name, JsonNode before, JsonNode wanted, List<String> added) {
        if (!operation(before).equals(operation(wanted))) {
            added.add(name);
            return;
        }
        for (Definition block : sdl.definitions()) {
            for (Field field : block.fields()) {
                if (field.name().equals(name)) {
                    rewrite(field.signature(), field.to(), SdlText.signature(name, wanted));
                    return;
                }
            }
        }
        added.add(name);
    }

    private static String operation(JsonNode definition) {
        return definition.path("type").asString("mutation");
    }

    private static boolean sameSignature(JsonNode a, JsonNode b) {
        return ActionFiles.SIGNATURE.stream().allMatch(key -> Json.same(a.path(key), b.path(key)));
    }

    private void types(String kind, Map<String, JsonNode> current, Map<String, JsonNode> target) {
        current.forEach((name, type) -> {
            Definition there = sdl.type(name);
            JsonNode wanted = target.get(name);
            if (there != null && wanted == null) {
                delete(there.from(), there.to());
            } else if (there != null && wanted != null && !sameType(type, wanted)) {
                rewrite(there.from(), there.to(), SdlText.type(kind, wanted));
            }
        });
        int end = sdl.definitions().stream()
                .filter(each -> each.kind().equals(KEYWORDS.get(kind)) && !each.isOfActions())
                .mapToInt(Definition::to)
                .max()
                .orElse(Integer.MAX_VALUE);
        target.forEach((name, type) -> {
            if (!current.containsKey(name)) {
                add(end, SdlText.type(kind, type));
            }
        });
    }

    private void rewrite(int from, int to, String written) {
        String lost = sdl.beyondMetadata(from, to);
        if (lost != null) {
            throw new HasuraProjectException(
                    "'%s', line %d cannot be changed without losing %s. Move it, or make the change by hand"
                            .formatted(
                                    file,
                                    1
                                            + text.substring(0, from).lines().count()
                                            - (from > 0 && text.charAt(from - 1) != '\n' ? 1 : 0),
                                    lost),
                    null);
        }
        edits.replace(from, to, lines(written));
    }

    private static boolean sameType(JsonNode a, JsonNode b) {
        return texts(a).equals(texts(b));
    }

    /** What of a type stands in the SDL. */
    private static List<String> texts(JsonNode type) {
        List<String> texts = new ArrayList<>();
        texts.add(type.path("description").asString(""));
        for (JsonNode each : type.path("fields")) {
            texts.add(each.path("name").asString("") + ":" + each.path("type").asString("") + ":"
                    + each.path("description").asString(""));
        }
        for (JsonNode each : type.path("values")) {
            texts.add(each.path("value").asString("") + ":"
                    + each.path("description").asString(""));
        }
        return texts;
    }

    /** @param end behind what it follows; -1 for the beginning, more than there is for the end */
    private void add(int end, String definition) {
        int last = sdl.definitions().stream().mapToInt(Definition::to).max().orElse(-1);
        if (last < 0) {
            edits.insert(text.length(), lines(definition + "\n\n"));
        } else if (end < 0) {
            edits.insert(sdl.definitions().get(0).from(), lines(definition + "\n\n"));
        } else {
            edits.insert(Math.min(end, last), lines("\n\n" + definition));
        }
    }

    /** With the white space before it, or after it where it is the first. */
    private void delete(int from, int to) {
        int begin = from;
        while (begin > 0 && Character.isWhitespace(text.charAt(begin - 1))) {
            begin--;
        }
        if (begin > 0) {
            edits.delete(begin, to);
            return;
        }
        int end = to;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        edits.delete(from, end);
    }

    private String lines(String written) {
        return lineEnd.equals("\n") ? written : written.replace("\n", lineEnd);
    }

    /** The whole file, as the engine's tool writes it. */
    static String file(JsonNode document) {
        StringBuilder file = new StringBuilder();
        document.path("actions")
                .forEach(action -> file.append(
                                SdlText.action(action.path("name").asString(""), action.path("definition")))
                        .append("\n\n"));
        for (String kind : ActionFiles.KINDS) {
            document.path("custom_types")
                    .path(kind)
                    .forEach(type -> file.append(SdlText.type(kind, type)).append("\n\n"));
        }
        return file.toString();
    }
}
