package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.leaklab.bench.memory.MemorySeries;
import org.leaklab.bench.memory.Slope;

/** Bytes a stuck thread. */
final class MemoryTopic {

    private static final String HEAP = "heap";
    private static final String NATIVE = "native.thread.committed";
    private static final List<String> METRICS = List.of(HEAP, NATIVE, "native.thread.reserved", "rss");
    private static final int FEWEST_SIZES = 3;

    /** A series whose telling metric has a slope. */
    private record Line(MemorySeries series, String metric, Slope slope) {
        String param(String name) {
            return series.params().getOrDefault(name, "-");
        }

        boolean isVirtual() {
            return param("threads").equals("virtual");
        }

        boolean isPlain() {
            return series.code().equals("Warm")
                    && param("depth").equals("0")
                    && param("payload").equals("0");
        }

        String name() {
            return param("on") + " · " + param("threads")
                    + (param("depth").equals("0") ? "" : " · " + param("depth") + " frames")
                    + (param("payload").equals("0") ? "" : " · " + param("payload") + " B held")
                    + switch (series.code()) {
                        case "Warm" -> "";
                        case "WarmUntracked" -> " · untracked";
                        case "Interpreted" -> " · interpreted";
                        default -> " · interpreted, untracked";
                    };
        }
    }

    private final Jdks jdks;
    private final List<Line> lines;
    private final int left;

    private MemoryTopic(Jdks jdks, List<Line> lines, int left) {
        this.jdks = jdks;
        this.lines = lines;
        this.left = left;
    }

    static Optional<Section> section(Results results) {
        List<Line> lines = new ArrayList<>();
        List<MemorySeries> all = MemorySeries.of(results.all().toList());
        for (MemorySeries series : all) {
            String metric = "virtual".equals(series.params().get("threads")) ? HEAP : NATIVE;
            if (sizes(series, metric) >= FEWEST_SIZES) {
                lines.add(new Line(series, metric, series.slope(metric)));
            }
        }
        Jdks jdks = results.jdks();
        lines.sort(Comparator.comparing((Line line) -> !line.isVirtual())
                .thenComparing(line -> !line.isPlain())
                .thenComparing(Line::name)
                .thenComparingInt(line -> jdks.colour(line.series.jdk())));
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new MemoryTopic(jdks, lines, all.size() - lines.size()).section());
    }

    private static long sizes(MemorySeries series, String metric) {
        return series.metrics().getOrDefault(metric, List.of()).stream()
                .mapToDouble(Slope.Point::threads)
                .distinct()
                .count();
    }

    private Section section() {
        List<String> about = new ArrayList<>();
        about.add(
                "Bytes that one more stuck thread keeps: the slope of a regression over populations of several sizes, "
                        + "with its 95 % interval; open circles are single populations, their bytes by their threads. For "
                        + "virtual threads it is live heap, where their stacks are; for platform threads what the JVM "
                        + "committed for them outside the heap. A * says that a straight line does not describe them.");
        if (left > 0) {
            about.add(Numbers.count(left, "way") + " of being stuck had populations of fewer than " + FEWEST_SIZES
                    + " sizes, and so no slope.");
        }
        return new Section(
                "memory",
                "Memory a stuck thread",
                about,
                findings(),
                List.of(new Section.Figure("Bytes by what the thread waits on", chart(), table())));
    }

    private Chart chart() {
        return Chart.Dots.of(
                "bytes a stuck thread",
                true,
                null,
                lines.stream()
                        .filter(line -> line.slope.perThread() > 0)
                        .map(line -> new Chart.Dots.Mark(
                                line.name(),
                                "JDK " + jdks.label(line.series.jdk()),
                                jdks.colour(line.series.jdk()),
                                line.slope.perThread(),
                                line.slope.low() > 0 ? line.slope.low() : Double.NaN,
                                line.slope.high(),
                                line.series.metrics().getOrDefault(line.metric, List.of()).stream()
                                        .map(point -> point.bytes() / point.threads())
                                        .filter(bytes -> bytes > 0)
                                        .toList(),
                                null,
                                bytes(line.slope)))
                        .toList());
    }

    private DataTable table() {
        return new DataTable(
                "Bytes a thread with half of the 95 % interval; R² is that of heap for virtual, of native for platform threads",
                List.of(
                        DataTable.Column.text("Waits on"),
                        DataTable.Column.text("Threads"),
                        DataTable.Column.number("JDK"),
                        DataTable.Column.text("Code"),
                        DataTable.Column.number("Frames"),
                        DataTable.Column.number("Held"),
                        DataTable.Column.number("Heap"),
                        DataTable.Column.number("Native"),
                        DataTable.Column.number("Reserved"),
                        DataTable.Column.number("Resident"),
                        DataTable.Column.number("R²")),
                lines.stream().map(this::cells).toList());
    }

    private List<DataTable.Cell> cells(Line line) {
        List<DataTable.Cell> cells = new ArrayList<>(List.of(
                DataTable.Cell.of(line.param("on")),
                DataTable.Cell.of(line.param("threads")),
                DataTable.Cell.of(jdks.label(line.series.jdk())),
                DataTable.Cell.of(line.series.code()),
                DataTable.Cell.of(line.param("depth")),
                DataTable.Cell.of(line.param("payload"))));
        for (String metric : METRICS) {
            if (sizes(line.series, metric) >= FEWEST_SIZES) {
                Slope slope = line.series.slope(metric);
                cells.add(DataTable.Cell.number(slope.perThread(), bytes(slope)));
            } else {
                cells.add(DataTable.Cell.NONE);
            }
        }
        cells.add(DataTable.Cell.number(
                line.slope.rSquared(), String.format(Locale.ROOT, "%.4f", line.slope.rSquared())));
        return cells;
    }

    private static String bytes(Slope slope) {
        return String.format(
                Locale.ROOT,
                "%,.0f ± %,.0f%s",
                slope.perThread(),
                slope.high() - slope.perThread(),
                slope.linear() ? "" : " *");
    }

    private static String plain(Line line) {
        return bytes(line.slope) + " B";
    }

    private List<String> findings() {
        List<String> findings = new ArrayList<>();
        range(findings);
        platform(findings);
        beside(findings, line -> line.param("depth").equals("200"), "Stuck 200 frames deep, a virtual thread keeps");
        beside(
                findings,
                line -> line.series.code().equals("Interpreted"),
                "Stuck before its code is compiled, a virtual thread keeps");
        beside(
                findings,
                line -> line.series.code().equals("WarmUntracked"),
                "Where the JDK does not track virtual threads (-Djdk.trackAllThreads=false), one that nothing reaches keeps");
        return findings;
    }

    /** From the cheapest cause to the dearest; and whether JDKs differ in a cause. */
    private void range(List<String> findings) {
        Comparator<Line> bySlope = Comparator.comparingDouble(line -> line.slope.perThread());
        List<Line> plain = lines.stream()
                .filter(line -> line.isVirtual() && line.isPlain())
                .toList();
        if (!plain.isEmpty()) {
            String least = named(plain.stream().min(bySlope).orElseThrow());
            String most = named(plain.stream().max(bySlope).orElseThrow());
            findings.add("A stuck virtual thread keeps " + (least.equals(most) ? least : least + " to " + most)
                    + " of heap, by what it waits on.");
        }
        farthest(findings);
    }

    private String named(Line line) {
        return plain(line) + " (" + line.param("on") + ", JDK " + jdks.label(line.series.jdk()) + ")";
    }

    /** The cause in which two JDKs are farthest apart, if their intervals are. */
    private void farthest(List<String> findings) {
        Line[] widest = {};
        double ratio = 1;
        for (Line one : lines) {
            for (Line other : lines) {
                boolean same = one.name().equals(other.name()) && one.isVirtual() && one.isPlain();
                double apart = other.slope.perThread() / one.slope.perThread();
                if (same && one.slope.perThread() > 0 && one.slope.high() < other.slope.low() && apart > ratio) {
                    widest = new Line[] {one, other};
                    ratio = apart;
                }
            }
        }
        if (widest.length > 0) {
            findings.add("JDKs differ most in " + widest[0].param("on") + ": a stuck virtual thread keeps "
                    + plain(widest[0]) + " on JDK " + jdks.label(widest[0].series.jdk()) + " and " + plain(widest[1])
                    + " on JDK " + jdks.label(widest[1].series.jdk()) + ", " + Numbers.times(ratio)
                    + " times as much.");
        }
    }

    private void platform(List<String> findings) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (Line platform : lines) {
            String label = jdks.label(platform.series.jdk());
            if (!platform.isVirtual() && platform.isPlain()) {
                of(
                                label,
                                line -> line.isVirtual()
                                        && line.isPlain()
                                        && line.param("on").equals(platform.param("on")))
                        .stream()
                        .filter(virtual -> virtual.slope.high() < platform.slope.low())
                        .findFirst()
                        .ifPresent(virtual -> {
                            bytes.putIfAbsent(label, platform.slope.perThread());
                            ratios.putIfAbsent(label, platform.slope.perThread() / virtual.slope.perThread());
                        });
            }
        }
        if (!bytes.isEmpty()) {
            findings.add("A stuck platform thread keeps " + Jdks.spread(bytes, MemoryTopic::bytes)
                    + " of memory outside the heap, which is " + Jdks.spread(ratios, Numbers::times)
                    + " times the heap of a virtual one that waits on the same.");
        }
    }

    private void beside(List<String> findings, Predicate<Line> which, String words) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        for (String label : jdks.labels()) {
            of(label, line -> line.isVirtual() && which.test(line)).stream()
                    .findFirst()
                    .ifPresent(line -> bytes.put(label, line.slope.perThread()));
        }
        if (!bytes.isEmpty()) {
            findings.add(words + " " + Jdks.spread(bytes, MemoryTopic::bytes) + ".");
        }
    }

    private static String bytes(double bytes) {
        return String.format(Locale.ROOT, "%,.0f B", bytes);
    }

    private List<Line> of(String label, Predicate<Line> which) {
        return lines.stream()
                .filter(line -> jdks.label(line.series.jdk()).equals(label) && which.test(line))
                .toList();
    }
}
