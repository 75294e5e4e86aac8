package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.leaklab.bench.ForkInterval;
import org.leaklab.bench.collector.CollectorHeadlines;
import org.leaklab.bench.collector.CollectorRow;
import org.leaklab.bench.stuck.StuckNeighbours;
import org.leaklab.results.JmhResult;

/** What stuck threads do to the collector. */
final class CollectorTopic {

    /** Of fewer forks an interval says little. */
    private static final int FEWEST = 4;

    private CollectorTopic() {}

    static Optional<Section> section(Results results) {
        List<JmhResult> all = results.group("collector");
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Jdks jdks = results.jdks();
        Measurements full = new Measurements(jdks, "Collector", "Beside");
        Measurements young = new Measurements(jdks, "Collector", "Beside");
        Measurements allocate = new Measurements(jdks, "Collector", "Beside");
        for (CollectorRow row : rows(all)) {
            JmhResult result = row.result();
            if (row.method().equals("full")) {
                full.add(result, result.primary(), row.name(), row.beside());
            } else {
                allocate.add(result, result.primary(), row.name(), row.beside());
                if (row.hasYoung()) {
                    young.add(result, result.secondary().get("young"), row.name(), row.beside());
                }
            }
        }
        List<Section.Figure> figures = new ArrayList<>();
        if (!full.isEmpty()) {
            figures.add(
                    full.figure("A full collection", "ms a collection", true, "ms, System.gc() beside stuck threads"));
        }
        if (!young.isEmpty()) {
            figures.add(young.figure(
                    "A young collection",
                    "ms a collection",
                    true,
                    "ms, the mean of young collections while a program allocates"));
        }
        if (!allocate.isEmpty()) {
            figures.add(allocate.figure(
                    "A program that allocates",
                    "lists a ms",
                    false,
                    "Lists of 32 small objects that a program allocates in a ms beside stuck threads, more is better"));
        }
        return Optional.of(new Section(
                "collector",
                "Stuck threads and the collector",
                List.of(
                        "A stuck virtual thread is an object on the heap: each full collection visits it, its stack, and "
                                + "whatever that holds. Read how many milliseconds more a row is than beside none, for each "
                                + "100,000 threads: how many times as long it is says more of the empty heap. Rows of "
                                + "objects are the control: as many bytes as those threads keep, in plain objects. Open "
                                + "circles are forks."),
                findings(jdks, rows(all)),
                figures));
    }

    private static List<CollectorRow> rows(List<JmhResult> all) {
        return all.stream().flatMap(result -> CollectorRow.of(result).stream()).toList();
    }

    private static List<String> findings(Jdks jdks, List<CollectorRow> all) {
        List<String> findings = new ArrayList<>();
        all.stream().map(CollectorRow::name).distinct().sorted().forEach(collector -> {
            List<CollectorRow> those =
                    all.stream().filter(row -> row.name().equals(collector)).toList();
            for (String what : List.of("a full collection", "a young collection")) {
                for (String measure : measures(what)) {
                    finding(jdks, those, measure)
                            .ifPresent(more -> findings.add("The " + measure + " (" + StuckNeighbours.ABOUT + "), with "
                                    + collector + ": " + more));
                }
            }
        });
        return findings;
    }

    private static List<String> measures(String what) {
        return List.of(
                CollectorHeadlines.measure(what, CollectorHeadlines.Load.THREADS),
                CollectorHeadlines.measure(what, CollectorHeadlines.Load.OBJECTS),
                CollectorHeadlines.beyondObjects(what));
    }

    /** The measure on each JDK that has enough forks to say anything, each with its interval. */
    private static Optional<String> finding(Jdks jdks, List<CollectorRow> rows, String measure) {
        List<String> says = new ArrayList<>();
        for (String label : jdks.labels()) {
            new CollectorHeadlines()
                            .of(rows.stream()
                                    .map(CollectorRow::result)
                                    .filter(result -> jdks.label(result.jdk()).equals(label))
                                    .toList())
                            .stream()
                            .filter(headline -> headline.measure().equals(measure)
                                    && headline.forks().size() >= FEWEST)
                            .map(headline -> ForkInterval.of(headline.forks()))
                            .forEach(interval -> says.add(words(interval) + " on JDK " + label));
        }
        return says.isEmpty() ? Optional.empty() : Optional.of(Numbers.list(says) + ".");
    }

    private static String words(ForkInterval interval) {
        return interval.low() <= 0 && interval.high() >= 0
                ? "none that shows"
                : Numbers.digits(interval.mean()) + " ± " + Numbers.digits(interval.half()) + " ms";
    }
}
