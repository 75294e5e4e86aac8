package org.leaklab.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Makes results of the table that JMH writes with {@code -rf csv} or {@code -rf scsv}: a line a metric, with its score
 * and error and without raw data. The metric of a profiler stands on a line of its own, as
 * {@code benchmark:gc.alloc.rate}.
 *
 * <p>Headings differ by what wrote them. JMH writes numbers as its locale does, also the one in {@code Score Error
 * (99,9%)}; R, which many use to split such tables, makes dots of all that is no letter: {@code Score.Error..99.9..},
 * {@code Param..size}.
 */
final class JmhCsv {

    /** So much of a file tells whether it is such a table. */
    static final int LONGEST_START = 16;

    private static final Pattern PARAM = Pattern.compile("Param(?:: |\\.\\.)(.+)");

    /** Of 99.9 % and of no other: what reads this takes it for JMH's. */
    private static final Pattern ERROR = Pattern.compile("Score[ .]Error[ .][(.]99[.,]9[%.][).]");

    private static final List<String> NEEDED = List.of("Benchmark", "Mode", "Score", "Unit");

    private final String file;

    /** @param file what an error calls it */
    JmhCsv(String file) {
        this.file = file;
    }

    /** Whether a file that starts so is such a table. */
    static boolean isStart(String text) {
        return text.matches("(?s)\uFEFF?\"?Benchmark\"?[,;].*");
    }

    /** A result while its metrics are read. */
    private record Row(JmhResult first, Map<String, JmhResult.Metric> secondary) {
        JmhResult whole() {
            return new JmhResult(
                    first.benchmark(),
                    first.params(),
                    first.mode(),
                    first.jdk(),
                    first.jvmArgs(),
                    first.primary(),
                    secondary,
                    first.run());
        }

        boolean isOf(JmhResult other) {
            return first.benchmark().equals(other.benchmark())
                    && first.mode().equals(other.mode())
                    && first.params().equals(other.params())
                    && first.run().equals(other.run());
        }
    }

    /**
     * The results.
     *
     * @throws IllegalArgumentException if a line is not what JMH writes; the message says which, and what is wrong
     */
    List<JmhResult> results(String text) {
        List<List<String>> lines = cells(text);
        List<String> heads = lines.getFirst().stream()
                .map(head -> head.replaceFirst("^\uFEFF", ""))
                .toList();
        NEEDED.stream().filter(needed -> !heads.contains(needed)).findFirst().ifPresent(needed -> {
            throw new IllegalArgumentException("\"" + file + "\" is a table without a column \"" + needed + "\"");
        });
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).size() != heads.size()) {
                throw wrong(i, "has " + lines.get(i).size() + " cells under " + heads.size() + " headings");
            }
            add(rows, heads, lines.get(i), i);
        }
        return rows.stream().map(Row::whole).toList();
    }

    private void add(List<Row> rows, List<String> heads, List<String> cells, int line) {
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i < heads.size(); i++) {
            Matcher param = PARAM.matcher(heads.get(i));
            if (param.matches() && !cells.get(i).isEmpty()) {
                params.put(param.group(1), cells.get(i));
            }
        }
        String name = cells.get(heads.indexOf("Benchmark"));
        String mode = cells.get(heads.indexOf("Mode"));
        int threads = heads.indexOf("Threads");
        int error = error(heads);
        JmhResult.Metric metric = new JmhResult.Metric(
                cells.get(heads.indexOf("Unit")),
                number(cells.get(heads.indexOf("Score")), line),
                error < 0 ? Double.NaN : number(cells.get(error), line),
                List.of());
        JmhResult.Run run = new JmhResult.Run(threads < 0 ? "?" : cells.get(threads), "?", "?", "?");
        int colon = name.indexOf(':');
        String benchmark = colon < 0 ? name : name.substring(0, colon);
        JmhResult result = new JmhResult(benchmark, params, mode, "?", List.of(), metric, Map.of(), run);
        if (colon < 0) {
            rows.add(new Row(result, new LinkedHashMap<>()));
            return;
        }
        rows.reversed().stream()
                .filter(row -> row.isOf(result))
                .findFirst()
                .orElseThrow(
                        () -> wrong(line, "is a metric of \"" + benchmark + "\", which no line before it is about"))
                .secondary
                .put(name.substring(colon + 1).replaceFirst("^\u00B7", ""), metric);
    }

    private static int error(List<String> heads) {
        return IntStream.range(0, heads.size())
                .filter(i -> ERROR.matcher(heads.get(i)).matches())
                .findFirst()
                .orElse(-1);
    }

    /** Some locales write a comma. */
    private double number(String text, int line) {
        try {
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text.replace(',', '.'));
        } catch (NumberFormatException e) {
            throw wrong(line, "has a number that is none: " + text);
        }
    }

    private IllegalArgumentException wrong(int line, String what) {
        return new IllegalArgumentException("\"" + file + "\", row " + line + ": " + what);
    }

    /** Lines of cells; quoted ones may hold separators, quotes and line ends. */
    private static List<List<String>> cells(String text) {
        char separator = text.indexOf(';') >= 0 && text.indexOf(';') < text.indexOf('\n') ? ';' : ',';
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == separator || c == '\n')) {
                line.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    lines.add(line);
                    line = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                cell.append(c);
            }
        }
        if (!cell.isEmpty() || !line.isEmpty()) {
            line.add(cell.toString());
            lines.add(line);
        }
        lines.removeIf(List.of("")::equals);
        return lines;
    }
}
