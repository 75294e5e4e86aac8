package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.headline.Headlines;
import org.leaklab.compare.Compare;
import org.leaklab.compare.Comparison;
import org.leaklab.compare.Input;
import org.leaklab.compare.Judge;

/** What results say as Markdown: the findings, then a table of the headline measures of each group. */
final class MarkdownPage {

    private static final int MOST_ROWS = 40;

    private MarkdownPage() {}

    static List<String> lines(List<String> findings, Results results) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            lines.add(i + 1 + ". " + findings.get(i));
        }
        List<Input> inputs = results.jmh().stream()
                .filter(file -> !file.results().isEmpty())
                .sorted(Comparator.comparingInt(
                        file -> results.jdks().colour(file.results().getFirst().jdk())))
                .map(file -> new Input(file.name(), file.results(), List.of()))
                .toList();
        if (inputs.isEmpty()) {
            return lines;
        }
        Comparison all = new Compare(Headlines.all(), null, null, "jdk", false, false, Judge.USUAL).inputs(inputs);
        Map<String, List<Comparison.Row>> groups = all.rows().stream()
                .filter(Comparison.Row::headline)
                .collect(Collectors.groupingBy(Comparison.Row::group, LinkedHashMap::new, Collectors.toList()));
        groups.forEach((group, rows) -> {
            lines.addAll(List.of("", "### " + group, ""));
            if (rows.size() > MOST_ROWS) {
                lines.add(Numbers.count(rows.size(), "measure") + ": too many for a table here. The page that report"
                        + " writes has them all.");
            } else {
                table(
                        lines,
                        rows,
                        all.columns().stream()
                                .map(jdk -> Jdks.named(results.jdks().label(jdk)))
                                .toList());
            }
        });
        return lines;
    }

    private static void table(List<String> lines, List<Comparison.Row> rows, List<String> jdks) {
        lines.add("| Measure | Unit | " + String.join(" | ", jdks) + " |");
        lines.add("| --- | --- |" + " ---: |".repeat(jdks.size()));
        for (Comparison.Row row : rows) {
            lines.add("| " + row.name().replace("|", "\\|") + " | " + row.unit() + " | "
                    + row.columns().stream().map(MarkdownPage::cell).collect(Collectors.joining(" | ")) + " |");
        }
    }

    /**
     * The value, the 95 % interval of the median of its forks, and bold where it differs significantly from the first
     * column.
     */
    private static String cell(Comparison.@Nullable Column column) {
        if (column == null) {
            return "";
        }
        String value = Numbers.digits(column.value());
        String bold = column.significant() ? "**" + value + "**" : value;
        return column.low() == null
                ? bold
                : bold + " (" + Numbers.digits(column.low()) + " to "
                        + Numbers.digits(Objects.requireNonNull(column.high())) + ")";
    }
}
