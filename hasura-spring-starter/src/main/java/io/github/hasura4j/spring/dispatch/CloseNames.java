package io.github.hasura4j.spring.dispatch;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds names that somebody may have meant. */
final class CloseNames {

    private CloseNames() {}

    /** At most three known names that are a few letters away, the closest first. */
    static List<String> of(String name, Collection<String> known) {
        if (name.length() > 100) {
            return List.of();
        }
        record Candidate(String name, int distance) {}
        return known.stream()
                .map(one -> new Candidate(one, distance(name.toLowerCase(Locale.ROOT), one.toLowerCase(Locale.ROOT))))
                .filter(candidate ->
                        candidate.distance() < name.length() && candidate.distance() <= Math.max(2, name.length() / 3))
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(3)
                .map(Candidate::name)
                .toList();
    }

    /** Levenshtein's: how many letters to insert, delete or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
