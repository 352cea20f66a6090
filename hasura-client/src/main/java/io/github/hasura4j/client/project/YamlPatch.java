package io.github.hasura4j.client.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;

/**
 * Changes the text of a YAML file so that it says something else, and leaves every line alone that has said it before: comments,
 * order, quotes, indentation and line ends. What is new is written in the manner of its neighbours.
 */
final class YamlPatch {

    /** What tells the elements of a list apart, in this order. */
    private static final List<String> IDENTITIES = List.of(
            "name",
            "role",
            "table",
            "function",
            "collection",
            "role_name",
            "root_field_name",
            "type_name",
            "host",
            "value");

    private final Path file;
    private final TextEdits edits;
    private final String text;
    private final YamlText writer;
    private final Includes includes;
    private final int[] offsets;

    /** Patches the file that an include names, and tells whether it can. */
    interface Includes {
        /** The content of the file, includes resolved. */
        JsonNode content(String include);

        /** Makes it say something else. */
        void patch(String include, JsonNode target);
    }

    private YamlPatch(Path file, String text, Includes includes) {
        this.file = file;
        this.text = text;
        this.edits = new TextEdits(text);
        this.includes = includes;
        this.writer = new YamlText(indentsLists(text), text.contains("\r\n") ? "\r\n" : "\n");
        this.offsets = text.codePointCount(0, text.length()) == text.length() ? new int[0] : offsets(text);
    }

    /**
     * The changed text.
     *
     * @param current what the text says, includes not resolved
     * @param target what it is to say, includes resolved
     * @throws HasuraProjectException if it cannot be changed without losing something
     */
    static String apply(Path file, String text, JsonNode current, JsonNode target, Includes includes) {
        if (text.isBlank() || current.isNull()) {
            return text + YamlText.file(target);
        }
        YamlPatch patch = new YamlPatch(file, text, includes);
        patch.value(patch.root(), current, target);
        return patch.edits.applied();
    }

    private Node root() {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setSchema(new CoreSchema())
                .setCodePointLimit(64 * 1024 * 1024)
                .setMaxAliasesForCollections(1000)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.orElseThrow(() -> new HasuraProjectException("'%s' is empty".formatted(file), null));
        } catch (YamlEngineException e) {
            throw new HasuraProjectException("'%s' is not valid YAML: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static int[] offsets(String text) {
        int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
        int at = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 0;
        }
        return offsets;
    }

    /** As the first list below a key does it; as the current tool does it if there is none. */
    private static boolean indentsLists(String text) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i++) {
            String key = lines[i].stripTrailing();
            if (key.endsWith(":") && lines[i + 1].strip().startsWith("- ")) {
                int column = indentation(key);
                String inner = key.substring(column);
                while (inner.startsWith("- ")) {
                    inner = inner.substring(2);
                    column += 2;
                }
                return indentation(lines[i + 1]) > column;
            }
        }
        return true;
    }

    private static int indentation(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private void value(Node node, JsonNode current, JsonNode target) {
        String include = include(current);
        if (include != null && !target.equals(current)) {
            if (!includes.content(include).equals(target)) {
                includes.patch(include, target);
            }
            return;
        }
        if (current.equals(target)) {
            return;
        }
        if (node instanceof MappingNode map
                && isBlock(map)
                && current.isObject()
                && target.isObject()
                && !target.isEmpty()) {
            map(map, current, target);
        } else if (node instanceof SequenceNode list
                && isBlock(list)
                && current.isArray()
                && target.isArray()
                && !target.isEmpty()) {
            list(list, current, target);
        } else if (node instanceof CollectionNode<?> && sameShape(node, current, target)) {
            inFlow(node, current, target);
        } else {
            rewrite(node, target);
        }
    }

    /** Whether a map has the same keys, or a list as many elements. */
    private static boolean sameShape(Node node, JsonNode current, JsonNode target) {
        return node instanceof MappingNode
                        && target.isObject()
                        && new HashSet<>(current.propertyNames()).equals(new HashSet<>(target.propertyNames()))
                || node instanceof SequenceNode && target.isArray() && current.size() == target.size();
    }

    /** Between braces and brackets, where JSON is YAML. */
    private void inFlow(Node node, JsonNode current, JsonNode target) {
        if (current.equals(target)) {
            return;
        }
        if (!sameShape(node, current, target)) {
            refuseComments(start(node), end(node), node);
            edits.replace(start(node), end(node), target.toString());
        } else if (node instanceof MappingNode map) {
            for (NodeTuple each : map.getValue()) {
                String key = each.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                JsonNode before = current.get(key);
                JsonNode after = target.get(key);
                if (before == null || after == null) {
                    throw unsafe(map, "a key that is no text, or a merge key (<<)");
                }
                inFlow(each.getValueNode(), before, after);
            }
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                inFlow(list.getValue().get(i), current.get(i), target.get(i));
            }
        }
    }

    private static @Nullable String include(JsonNode current) {
        return current.isString() && current.stringValue().contains("!include") ? current.stringValue() : null;
    }

    private static boolean isBlock(CollectionNode<?> node) {
        return node.getFlowStyle() != FlowStyle.FLOW && !node.getValue().isEmpty();
    }

    private void map(MappingNode map, JsonNode current, JsonNode target) {
        Map<String, NodeTuple> pairs = new LinkedHashMap<>();
        for (NodeTuple each : map.getValue()) {
            if (!(each.getKeyNode() instanceof ScalarNode key) || pairs.put(key.getValue(), each) != null) {
                throw unsafe(map, "a key that is no text, or stands there twice");
            }
            if (!current.has(((ScalarNode) each.getKeyNode()).getValue())) {
                throw unsafe(map, "a merge key (<<)");
            }
        }
        List<Node> keys = pairs.values().stream().map(NodeTuple::getKeyNode).toList();
        List<String> names = List.copyOf(pairs.keySet());
        Set<String> gone = new HashSet<>(names);
        target.propertyNames().forEach(gone::remove);
        if (gone.size() == names.size()) {
            rewrite(map, target);
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            NodeTuple pair = Objects.requireNonNull(pairs.get(names.get(i)));
            JsonNode wanted = target.get(names.get(i));
            if (wanted != null) {
                mapValue(pair, current.get(names.get(i)), wanted);
            } else {
                delete(start(keys.get(i)), end(pair.getValueNode()), i + 1 < keys.size() ? start(keys.get(i + 1)) : -1);
            }
        }
        int column = column(keys.get(0));
        insertMissing(
                List.copyOf(target.propertyNames()),
                names,
                gone,
                name -> end(Objects.requireNonNull(pairs.get(name)).getValueNode()),
                start(keys.get(0)),
                (name, at) -> writer.entry(name, target.get(name), column),
                column);
    }

    private void mapValue(NodeTuple pair, JsonNode current, JsonNode target) {
        Node node = pair.getValueNode();
        boolean sameShape = current.isArray() && target.isArray() || current.isObject() && target.isObject();
        if (current.equals(target)
                || include(current) != null
                || sameShape
                        && !target.isEmpty()
                        && node instanceof CollectionNode<?> collection
                        && (isBlock(collection) || sameShape(node, current, target))) {
            value(node, current, target);
        } else if (isOneLine(node) && !(target.isContainer() && !target.isEmpty())) {
            rewrite(node, target);
        } else {
            // From the colon on, since a block begins on a line of its own.
            int colon = text.indexOf(':', keyEnd(pair.getKeyNode()));
            refuseComments(colon, end(node), node);
            edits.replace(colon + 1, end(node), writer.below(target, column(pair.getKeyNode()), true));
        }
    }

    private int keyEnd(Node key) {
        return offset(key.getEndMark());
    }

    private boolean isOneLine(Node node) {
        return node instanceof ScalarNode
                        && start(node) < end(node)
                        && text.substring(start(node), end(node)).indexOf('\n') < 0
                || node instanceof CollectionNode<?> collection
                        && collection.getFlowStyle() == FlowStyle.FLOW
                        && text.substring(start(node), end(node)).indexOf('\n') < 0;
    }

    private void list(SequenceNode list, JsonNode current, JsonNode target) {
        List<Node> nodes = list.getValue();
        List<String> before = identities(current);
        List<String> after = identities(target);
        if (new HashSet<>(before).size() < before.size() || new HashSet<>(after).size() < after.size()) {
            before = texts(current);
            after = texts(target);
        }
        List<String> identities = before;
        List<String> kept = Common.of(before, after).stream()
                .map(pair -> identities.get(pair.before()))
                .toList();
        Map<String, JsonNode> wanted = new LinkedHashMap<>();
        for (int i = 0; i < after.size(); i++) {
            wanted.put(after.get(i), target.get(i));
        }
        Set<String> gone = new HashSet<>();
        if (kept.isEmpty()) {
            rewrite(list, target);
            return;
        }
        Map<String, Integer> ends = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String identity = before.get(i);
            names.add(identity);
            int dash = dash(nodes.get(i));
            JsonNode value = wanted.get(identity);
            if (value != null && kept.contains(identity)) {
                ends.put(identity, end(nodes.get(i)));
                elementValue(nodes.get(i), dash, current.get(i), value);
            } else {
                gone.add(identity);
                if (include(current.get(i)) != null) {
                    throw unsafe(nodes.get(i), "an include that would have to go, with its file");
                }
                delete(dash, end(nodes.get(i)), i + 1 < nodes.size() ? dash(nodes.get(i + 1)) : -1);
            }
        }
        int column = dash(nodes.get(0)) - lineStart(dash(nodes.get(0)));
        boolean included = include(current.get(0)) != null;
        insertMissing(
                after,
                names,
                gone,
                name -> ends.getOrDefault(name, -1),
                dash(nodes.get(0)),
                (name, at) -> {
                    if (included) {
                        throw unsafe(list, "a list of includes, to which a file would have to be added");
                    }
                    return writer.element(Objects.requireNonNull(wanted.get(name)), column);
                },
                column);
    }

    private void elementValue(Node node, int dash, JsonNode current, JsonNode target) {
        boolean sameShape = current.isArray() && target.isArray() || current.isObject() && target.isObject();
        if (current.equals(target)
                || include(current) != null
                || sameShape
                || isOneLine(node) && !target.isContainer()) {
            value(node, current, target);
        } else {
            refuseComments(dash, end(node), node);
            edits.replace(dash, end(node), writer.element(target, dash - lineStart(dash)));
        }
    }

    /** Puts what the target has more behind what it follows there; at the beginning what follows nothing. */
    private void insertMissing(
            List<String> wanted,
            List<String> there,
            Set<String> gone,
            java.util.function.ToIntFunction<String> endOf,
            int first,
            BiFunction<String, Integer, String> written,
            int column) {
        String previous = null;
        String indent = " ".repeat(column);
        String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        for (String name : wanted) {
            if (there.contains(name) && !gone.contains(name)) {
                previous = name;
            } else if (previous == null) {
                if (!text.substring(lineStart(first), first).isBlank() && !gone.isEmpty()) {
                    throw new HasuraProjectException(
                            "'%s', line %d cannot be changed safely: what stands behind a dash would have to give way. Change it by hand"
                                    .formatted(file, line(first)),
                            null);
                }
                edits.insert(first, written.apply(name, first) + lineEnd + indent);
            } else {
                int at = lineEndAfter(endOf.applyAsInt(previous));
                String entry = indent + written.apply(name, at);
                boolean endsWithLine = at > 0 && text.charAt(at - 1) == '\n';
                edits.insert(at, endsWithLine ? entry + lineEnd : lineEnd + entry);
            }
        }
    }

    /** @param next where the next entry begins, or -1 if there is none */
    private void delete(int from, int to, int next) {
        int begin = lineStart(from);
        if (!text.substring(begin, from).isBlank()) {
            if (next < 0) {
                throw new IllegalStateException("The only entry is never deleted by itself");
            }
            refuseCommentText(text.substring(to, next), from);
            edits.delete(from, next);
            return;
        }
        int end = lineEndAfter(to);
        if (end == text.length() && end > 0 && text.charAt(end - 1) != '\n' && begin > 0) {
            int lineEnd = begin > 1 && text.charAt(begin - 2) == '\r' ? 2 : 1;
            edits.delete(begin - lineEnd, end);
        } else {
            edits.delete(begin, end);
        }
    }

    private void rewrite(Node node, JsonNode target) {
        refuseComments(start(node), end(node), node);
        String written = writer.value(target, column(node));
        edits.replace(start(node), end(node), keepingQuotes(node, target, written));
    }

    private static String keepingQuotes(Node node, JsonNode target, String written) {
        if (node instanceof ScalarNode scalar && target.isString() && written.equals(target.stringValue())) {
            if (scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED) {
                return "'" + written.replace("'", "''") + "'";
            }
            if (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
                    && !written.contains("\\")
                    && !written.contains("\"")) {
                return "\"" + written + "\"";
            }
        }
        return written;
    }

    private void refuseComments(int from, int to, Node node) {
        if (node.getAnchor().isPresent()) {
            throw unsafe(node, "an anchor");
        }
        if (!(node instanceof ScalarNode)) {
            refuseCommentText(text.substring(from, to), from);
        }
    }

    private void refuseCommentText(String replaced, int at) {
        for (String line : replaced.split("\n", -1)) {
            if (line.strip().startsWith("#") || line.contains(" #")) {
                throw new HasuraProjectException(
                        "'%s', line %d cannot be changed without losing a comment. Move the comment, or make the change by hand"
                                .formatted(file, line(at)),
                        null);
            }
        }
    }

    private HasuraProjectException unsafe(Node node, String what) {
        return new HasuraProjectException(
                "'%s', line %d cannot be changed safely: it has %s. Make the change by hand, or write it in full"
                        .formatted(file, line(start(node)), what),
                null);
    }

    private int line(int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private int offset(Optional<Mark> mark) {
        int index = mark.orElseThrow().getIndex();
        return offsets.length == 0 ? index : offsets[index];
    }

    private int start(Node node) {
        return offset(node.getStartMark());
    }

    /** Behind the last character that is the value's own. */
    private int end(Node node) {
        if (node instanceof CollectionNode<?> collection && collection.getFlowStyle() != FlowStyle.FLOW) {
            if (collection instanceof MappingNode map && !map.getValue().isEmpty()) {
                return end(map.getValue().get(map.getValue().size() - 1).getValueNode());
            }
            if (collection instanceof SequenceNode list && !list.getValue().isEmpty()) {
                return end(list.getValue().get(list.getValue().size() - 1));
            }
        }
        int end = offset(node.getEndMark());
        if (node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED)) {
            while (end > start(node) && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
        }
        return end;
    }

    private int column(Node node) {
        return start(node) - lineStart(start(node));
    }

    private int dash(Node element) {
        int at = start(element) - 1;
        while (text.charAt(at) != '-') {
            at--;
        }
        return at;
    }

    private int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    private int lineEndAfter(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end + 1;
    }

    private List<String> identities(JsonNode list) {
        List<String> identities = new ArrayList<>();
        for (JsonNode each : list) {
            String include = include(each);
            identities.add(identity(include == null ? each : includes.content(include)));
        }
        return identities;
    }

    private static String identity(JsonNode element) {
        for (String key : IDENTITIES) {
            if (element.isObject() && element.has(key)) {
                return element.get(key).toString();
            }
        }
        return element.toString();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : list) {
            int count = (int)
                    texts.stream().filter(text -> text.startsWith(each + "#")).count();
            texts.add(each + "#" + count);
        }
        return texts;
    }
}
