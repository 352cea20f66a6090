package io.github.hasura4j.client.project;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to a text, gathered by their places in it and made all at once; what is not among them stays byte for byte. */
final class TextEdits {

    private final String text;
    private final List<Edit> edits = new ArrayList<>();

    TextEdits(String text) {
        this.text = text;
    }

    private record Edit(int from, int to, String replacement) {}

    String text() {
        return text;
    }

    void replace(int from, int to, String replacement) {
        edits.add(new Edit(from, to, replacement));
    }

    void insert(int at, String more) {
        replace(at, at, more);
    }

    void delete(int from, int to) {
        replace(from, to, "");
    }

    /** The text with all changes; those at one place in the order in which they were given. */
    String applied() {
        StringBuilder changed = new StringBuilder();
        int done = 0;
        List<Edit> ordered = new ArrayList<>(edits);
        ordered.sort(
                Comparator.comparingInt(Edit::from).thenComparingInt(Edit::to)); // Insertions go before what follows.
        for (Edit each : ordered) {
            if (each.from() < done && !each.replacement().isEmpty()) {
                throw new IllegalStateException("Two changes overlap at " + each.from());
            }
            // White space between two deletions belongs to both.
            if (each.from() > done) {
                changed.append(text, done, each.from());
            }
            changed.append(each.replacement());
            done = Math.max(done, each.to());
        }
        return changed.append(text, done, text.length()).toString();
    }
}
