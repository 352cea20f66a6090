package io.github.hasura4j.client.project;

import java.util.ArrayList;
import java.util.List;

/** What has changed between two texts, as {@code diff -u} shows it. */
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private record Line(char mark, String text) {}

    private UnifiedDiff() {}

    static String of(String name, String before, String after) {
        List<Line> lines = lines(split(before), split(after));
        StringBuilder diff = new StringBuilder();
        diff.append("--- ").append(before.isEmpty() ? "/dev/null" : "a/" + name).append('\n');
        diff.append("+++ ").append(after.isEmpty() ? "/dev/null" : "b/" + name).append('\n');
        int at = 0;
        int oldLine = 1;
        int newLine = 1;
        while (at < lines.size()) {
            int first = nextChange(lines, at);
            if (first == lines.size()) {
                break;
            }
            int begin = Math.max(at, first - CONTEXT);
            oldLine += begin - at;
            newLine += begin - at;
            int end = first;
            while (end < lines.size()
                    && nextChange(lines, end) - end <= 2 * CONTEXT
                    && nextChange(lines, end) < lines.size()) {
                end = nextChange(lines, end) + 1;
            }
            end = Math.min(lines.size(), end + CONTEXT);
            List<Line> hunk = lines.subList(begin, end);
            int old = (int) hunk.stream().filter(line -> line.mark() != '+').count();
            int now = (int) hunk.stream().filter(line -> line.mark() != '-').count();
            diff.append("@@ -%d,%d +%d,%d @@\n"
                    .formatted(old == 0 ? oldLine - 1 : oldLine, old, now == 0 ? newLine - 1 : newLine, now));
            hunk.forEach(line -> diff.append(line.mark()).append(line.text()).append('\n'));
            oldLine += old;
            newLine += now;
            at = end;
        }
        return diff.toString();
    }

    private static int nextChange(List<Line> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).mark() == ' ') {
            at++;
        }
        return at;
    }

    private static List<String> split(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        } else {
            lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " (no line end)");
        }
        return lines;
    }

    private static List<Line> lines(List<String> before, List<String> after) {
        int head = 0;
        while (head < Math.min(before.size(), after.size()) && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(before.size(), after.size()) - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        before.subList(0, head).forEach(line -> lines.add(new Line(' ', line)));
        middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), lines);
        before.subList(before.size() - tail, before.size()).forEach(line -> lines.add(new Line(' ', line)));
        return lines;
    }

    private static void middle(List<String> before, List<String> after, List<Line> lines) {
        int i = 0;
        int j = 0;
        for (Common.Pair pair : Common.of(before, after)) {
            i = differing(before, i, pair.before(), '-', lines);
            j = differing(after, j, pair.after(), '+', lines);
            lines.add(new Line(' ', before.get(i++)));
            j++;
        }
        differing(before, i, before.size(), '-', lines);
        differing(after, j, after.size(), '+', lines);
    }

    private static int differing(List<String> from, int begin, int end, char mark, List<Line> lines) {
        from.subList(begin, end).forEach(line -> lines.add(new Line(mark, line)));
        return end;
    }
}
