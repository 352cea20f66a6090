package io.github.hasura4j.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** GraphQL names: what may be printed into a document, and what somebody who mistyped one probably meant. */
final class Names {

    private static final int FEW = 12;
    private static final int LONGEST_SHOWN = 60;

    private Names() {}

    static String checked(String name) {
        if (!isName(name)) {
            String shown = name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name;
            throw new IllegalArgumentException(
                    "'%s' is not a GraphQL name (letters, digits and _, not beginning with a digit). Give one name at a time; values belong into arg(…), nested fields into a Selection."
                            .formatted(shown));
        }
        return name;
    }

    // By hand rather than by a regular expression: it runs for every name of every call.
    static boolean isName(String name) {
        if (name.isEmpty() || isDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || isDigit(c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The names to put into a message: all of them if they are few, else those closest to the unknown one. */
    static String alternatives(String unknown, Collection<String> known) {
        if (known.isEmpty()) {
            return "There are none.";
        }
        if (known.size() <= FEW) {
            return "Known: " + known.stream().sorted().collect(Collectors.joining(", ")) + ".";
        }
        String wanted = unknown.toLowerCase(Locale.ROOT);
        List<String> closest = known.stream()
                .sorted(Comparator.<String>comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(FEW / 2)
                .toList();
        return "Closest of %d known: %s.".formatted(known.size(), String.join(", ", closest));
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] done = previous;
            previous = current;
            current = done;
        }
        return previous[b.length()];
    }
}
