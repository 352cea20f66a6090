package io.github.hasura4j.spring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import graphql.language.Argument;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds an action's fields in the document of a client, a stranger. Fragments are opened a level at a time and only where
 * somebody looks, so that one which spreads itself, or doubles at each level, costs no more than others.
 */
final class ClientDocument {

    private static final Logger log = LoggerFactory.getLogger(ClientDocument.class);

    /** Real documents stay far below; of a document beyond, everything counts as asked for. */
    private static final ParserOptions LIMITS = ParserOptions.newParserOptions()
            .maxCharacters(1 << 20)
            .maxTokens(50_000)
            .maxWhitespaceTokens(200_000)
            .maxRuleDepth(500)
            .captureIgnoredChars(false)
            .captureLineComments(false)
            .captureSourceLocation(false)
            .readerTrackData(false)
            .build();

    /** Digits of numbers cost the lexer up to 7 µs each: 1 MB of them took 2 to 7 seconds, ten times as long as text at its worst. */
    private static final int MAX_DIGITS = 50_000;

    private final Map<String, List<SelectionSet>> fragments = new HashMap<>();

    private ClientDocument(Document document) {
        for (FragmentDefinition each : document.getDefinitionsOfType(FragmentDefinition.class)) {
            fragments.computeIfAbsent(each.getName(), any -> new ArrayList<>(1)).add(each.getSelectionSet());
        }
    }

    /** The fields below an action, or null if the document does not say. */
    static @Nullable Map<String, SelectedFields> fields(String action, String text) {
        Document document = parse(action, text);
        if (document == null) {
            return null;
        }
        ClientDocument client = new ClientDocument(document);
        List<SelectionSet> operations = document.getDefinitionsOfType(OperationDefinition.class).stream()
                .map(OperationDefinition::getSelectionSet)
                .toList();
        Set<SelectionSet> below = client.collect(operations).get(action);
        return below == null ? null : client.fields(below);
    }

    private static @Nullable Document parse(String action, String text) {
        if (hasTooManyDigits(text)) {
            log.debug("The document of a client of action '{}' has too many digits to be parsed", action);
            return null;
        }
        try {
            return Parser.parse(ParserEnvironment.newParserEnvironment()
                    .document(text)
                    .parserOptions(LIMITS)
                    .build());
        } catch (RuntimeException | StackOverflowError e) {
            // Without its message, which may show a piece of the text and thereby values.
            log.debug(
                    "The document of a client of action '{}' cannot be parsed: {}",
                    action,
                    e.getClass().getName());
            return null;
        }
    }

    private static boolean hasTooManyDigits(String text) {
        return text.chars().filter(each -> each >= '0' && each <= '9').count() > MAX_DIGITS;
    }

    private Map<String, SelectedFields> fields(Collection<SelectionSet> parents) {
        Map<String, SelectedFields> fields = new LinkedHashMap<>();
        collect(parents).forEach((name, below) -> {
            if (!name.startsWith("__")) {
                fields.put(name, new SelectedFields(() -> fields(below)));
            }
        });
        return Collections.unmodifiableMap(fields);
    }

    /** By the names of the fields in these selection sets and their fragments: what stands below all fields of a name. */
    private Map<String, Set<SelectionSet>> collect(Collection<SelectionSet> parents) {
        Map<String, Set<SelectionSet>> fields = new LinkedHashMap<>();
        Set<String> spread = new HashSet<>();
        // No recursion: fragments may spread others a thousandfold without the text being deep.
        Deque<Iterator<?>> open = new ArrayDeque<>();
        for (SelectionSet parent : parents) {
            open.push(parent.getSelections().iterator());
            while (!open.isEmpty()) {
                if (!open.element().hasNext()) {
                    open.pop();
                    continue;
                }
                Object next = open.element().next();
                if (next instanceof DirectivesContainer<?> conditional && isLeftOut(conditional)) {
                    continue;
                }
                if (next instanceof Field field) {
                    Set<SelectionSet> below = fields.computeIfAbsent(field.getName(), any -> new LinkedHashSet<>());
                    if (field.getSelectionSet() != null) {
                        below.add(field.getSelectionSet());
                    }
                } else if (next instanceof InlineFragment fragment) {
                    open.push(fragment.getSelectionSet().getSelections().iterator());
                } else if (next instanceof FragmentSpread fragment && spread.add(fragment.getName())) {
                    open.push(named(fragment.getName()));
                }
            }
        }
        return fields;
    }

    @SuppressWarnings("rawtypes") // As graphql-java has it.
    private Iterator<Selection> named(String fragment) {
        return fragments.getOrDefault(fragment, List.of()).stream()
                .flatMap(each -> each.getSelections().stream())
                .iterator();
    }

    /** Whether a literal says so; what a variable would say is not known. */
    private static boolean isLeftOut(DirectivesContainer<?> selection) {
        for (Directive directive : selection.getDirectives()) {
            boolean skip = directive.getName().equals("skip");
            if (skip || directive.getName().equals("include")) {
                Argument condition = directive.getArgument("if");
                if (condition != null
                        && condition.getValue() instanceof BooleanValue literal
                        && literal.isValue() == skip) {
                    return true;
                }
            }
        }
        return false;
    }
}
