package io.github.hasura4j.client.project;

import java.util.ArrayList;
import java.util.List;

/** The longest sequence that two lists have in the same order. */
final class Common {

    private Common() {}

    /**
     * Where an element stands that both have.
     *
     * @param before its place in the one
     * @param after its place in the other
     */
    record Pair(int before, int after) {}

    /** The places of the elements of that sequence, in their order. */
    static List<Pair> of(List<String> before, List<String> after) {
        int[][] length = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                length[i][j] = before.get(i).equals(after.get(j))
                        ? 1 + length[i + 1][j + 1]
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        List<Pair> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() && j < after.size()) {
            if (before.get(i).equals(after.get(j))) {
                pairs.add(new Pair(i++, j++));
            } else if (length[i + 1][j] >= length[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return pairs;
    }
}
