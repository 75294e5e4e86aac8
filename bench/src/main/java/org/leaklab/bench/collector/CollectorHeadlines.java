package org.leaklab.bench.collector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.Forks;
import org.leaklab.results.Headline;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.JmhResult;

/**
 * What stuck virtual threads do to a collector: the milliseconds that a collection takes longer for each
 * {@value #THREADS} of them, of the largest population that was measured; the same for as many bytes in plain objects;
 * and how much longer it takes for the threads than for those objects.
 */
public final class CollectorHeadlines implements HeadlineMeasures {

    private static final int THREADS = 100_000;
    private static final String NONE = "none";

    /** What is beside a collector for each thread. */
    public enum Load {
        THREADS("-virtual", "for each 100,000 stuck threads"),
        OBJECTS("-objects", "for the bytes of 100,000 stuck threads in plain objects");

        private final String suffix;
        private final String words;

        Load(String suffix, String words) {
            this.suffix = suffix;
            this.words = words;
        }
    }

    @Override
    public String group() {
        return "collector";
    }

    @Override
    public List<Headline> of(List<JmhResult> results) {
        Map<String, List<CollectorRow>> byCollector = new LinkedHashMap<>();
        results.stream()
                .flatMap(result -> CollectorRow.of(result).stream())
                .forEach(row -> byCollector
                        .computeIfAbsent(row.name(), none -> new ArrayList<>())
                        .add(row));
        List<Headline> all = new ArrayList<>();
        byCollector.values().forEach(rows -> {
            of(rows, "full", "a full collection", JmhResult::primary, all);
            of(
                    rows.stream().filter(CollectorRow::hasYoung).toList(),
                    "allocate",
                    "a young collection",
                    result -> result.secondary().get("young"),
                    all);
            allocations(rows, all);
        });
        return all;
    }

    private void of(
            List<CollectorRow> rows,
            String method,
            String what,
            Function<JmhResult, JmhResult.@Nullable Metric> metric,
            List<Headline> all) {
        List<CollectorRow> those =
                rows.stream().filter(row -> row.method().equals(method)).toList();
        Optional<CollectorRow> none =
                those.stream().filter(row -> row.beside().equals(NONE)).findFirst();
        JmhResult.Metric without = none.map(row -> metric.apply(row.result())).orElse(null);
        if (none.isEmpty() || without == null) {
            return;
        }
        Forks.headline(
                        group(),
                        "time of " + what + " beside none",
                        "ms",
                        Headline.Better.LESS,
                        true,
                        params(none.get()),
                        without.forkMeans())
                .ifPresent(all::add);
        for (Load load : Load.values()) {
            largest(those, load).ifPresent(row -> {
                JmhResult.Metric with = metric.apply(row.result());
                if (with != null) {
                    Forks.headline(
                                    group(),
                                    measure(what, load),
                                    "ms",
                                    Headline.Better.LESS,
                                    false,
                                    params(row),
                                    Forks.times(
                                            (double) THREADS / population(row, load), Forks.differences(with, without)))
                            .ifPresent(all::add);
                }
            });
        }
        largest(those, Load.THREADS)
                .ifPresent(threads -> those.stream()
                        .filter(row -> row.beside().equals(population(threads, Load.THREADS) + Load.OBJECTS.suffix))
                        .findFirst()
                        .ifPresent(objects -> addBeyondObjects(threads, objects, what, metric, all)));
    }

    private void addBeyondObjects(
            CollectorRow threads,
            CollectorRow objects,
            String what,
            Function<JmhResult, JmhResult.@Nullable Metric> metric,
            List<Headline> all) {
        JmhResult.Metric with = metric.apply(threads.result());
        JmhResult.Metric without = metric.apply(objects.result());
        if (with != null && without != null) {
            Forks.headline(
                            group(),
                            beyondObjects(what),
                            "ms",
                            Headline.Better.LESS,
                            false,
                            params(threads),
                            Forks.times(
                                    (double) THREADS / population(threads, Load.THREADS),
                                    Forks.differences(with, without)))
                    .ifPresent(all::add);
        }
    }

    /**
     * The name of the measure that says how much longer something takes.
     *
     * @param what as {@code a full collection}
     */
    public static String measure(String what, Load load) {
        return "time that " + what + " takes longer " + load.words;
    }

    /** The name of the measure that says how much longer something takes for threads than for objects. */
    public static String beyondObjects(String what) {
        return "time that " + what
                + " takes longer for each 100,000 stuck threads than for the same bytes in plain objects";
    }

    private void allocations(List<CollectorRow> rows, List<Headline> all) {
        rows.stream()
                .filter(row -> row.method().equals("allocate"))
                .filter(row -> row.beside().equals(NONE) || row.beside().equals(THREADS + Load.THREADS.suffix))
                .forEach(row -> Forks.headline(
                                group(),
                                "lists that a program allocates",
                                "lists/ms",
                                Headline.Better.MORE,
                                true,
                                params(row),
                                row.result().primary().forkMeans())
                        .ifPresent(all::add));
    }

    private static Map<String, String> params(CollectorRow row) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("collector", row.collector());
        if (!row.mode().isEmpty()) {
            params.put("mode", row.mode());
        }
        params.put("beside", row.beside());
        return params;
    }

    private static Optional<CollectorRow> largest(List<CollectorRow> rows, Load load) {
        return rows.stream()
                .filter(row -> row.beside().matches("\\d{1,9}" + load.suffix))
                .max(Comparator.comparingInt(row -> population(row, load)));
    }

    private static int population(CollectorRow row, Load load) {
        return Integer.parseInt(row.beside().substring(0, row.beside().length() - load.suffix.length()));
    }
}
