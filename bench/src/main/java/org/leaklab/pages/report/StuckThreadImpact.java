package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.leaklab.results.JmhResult;

/**
 * What stuck threads do to something else: the same measured beside many of them and beside none, on each JDK.
 *
 * @param metric what is compared of a result; null where it has none
 */
record StuckThreadImpact(Jdks jdks, List<JmhResult> results, Function<JmhResult, JmhResult.@Nullable Metric> metric) {

    private static final String PARAM = "beside";
    private static final String NOBODY = "none";

    /**
     * A sentence for the largest population of each kind: how many times as much as beside none, or that nothing is
     * significant; none where there are too few forks to say so.
     *
     * @param what the subject, with its verb: "a full collection takes"
     */
    List<String> finding(String what) {
        List<String> findings = new ArrayList<>();
        for (String population : populations()) {
            DifferenceByJdk changes = new DifferenceByJdk();
            for (String label : jdks.labels()) {
                JmhResult.Metric before = find(label, NOBODY);
                JmhResult.Metric after = find(label, population);
                if (before != null && after != null) {
                    String unit = before.unit().replaceFirst("/op$", "");
                    changes.add(label, before, after, value -> Numbers.digits(value) + " " + unit);
                }
            }
            if (!changes.isEmpty()) {
                findings.add("Beside " + words(population) + " " + what + " " + changes.say() + ".");
            }
        }
        return findings;
    }

    /** {@code 100000-virtual} as a sentence says it. */
    private static String words(String population) {
        String[] words = population.split("-", -1);
        return words.length == 2 && words[0].matches("\\d{1,9}")
                ? String.format(Locale.ROOT, "%,d stuck %s threads", Integer.parseInt(words[0]), words[1])
                : population;
    }

    /** The largest of each kind. */
    private Set<String> populations() {
        Map<String, String> largest = new LinkedHashMap<>();
        results.stream()
                .map(result -> result.params().getOrDefault(PARAM, NOBODY))
                .filter(population -> !population.equals(NOBODY))
                .sorted(Measurements.BY_SIZE)
                .forEach(population -> largest.put(population.replaceFirst("^\\d+-", ""), population));
        return new LinkedHashSet<>(largest.values());
    }

    private JmhResult.@Nullable Metric find(String label, String population) {
        return results.stream()
                .filter(result -> jdks.label(result.jdk()).equals(label)
                        && population.equals(result.params().get(PARAM)))
                .findFirst()
                .map(metric)
                .orElse(null);
    }
}
