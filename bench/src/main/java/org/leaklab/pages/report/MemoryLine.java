package org.leaklab.pages.report;

import java.util.Comparator;
import java.util.List;
import org.leaklab.bench.memory.MemorySeries;
import org.leaklab.bench.memory.Slope;

/**
 * Threads that are stuck in one way on one JDK, and what each of them keeps.
 *
 * @param series the populations that were measured
 * @param jdk what their JDK is called
 * @param colour that of the JDK
 * @param slope bytes a thread by the main metric of the series
 */
record MemoryLine(MemorySeries series, String jdk, int colour, Slope slope) {

    /** Virtual threads first, and the plain ones of each kind; then by name and JDK. */
    private static final Comparator<MemoryLine> ORDER = Comparator.comparing((MemoryLine line) -> !line.isVirtual())
            .thenComparing(line -> !line.isPlain())
            .thenComparing(MemoryLine::name)
            .thenComparingInt(MemoryLine::colour);

    /** The lines of all series that have a slope, in order. */
    static List<MemoryLine> of(List<MemorySeries> all, Jdks jdks) {
        return all.stream()
                .filter(series -> series.hasSlope(series.mainMetric()))
                .map(series -> new MemoryLine(
                        series, jdks.label(series.jdk()), jdks.colour(series.jdk()), series.slope(series.mainMetric())))
                .sorted(ORDER)
                .toList();
    }

    String waitsOn() {
        return series.param("on");
    }

    boolean isVirtual() {
        return series.param("threads").equals("virtual");
    }

    /** Whether these are goroutines: their heap is objects and stacks, as it is for virtual threads. */
    boolean isGo() {
        return series.isGo();
    }

    /** Whether nothing but the wait itself is on the stack, and the code is compiled. */
    boolean isPlain() {
        return series.isPlain();
    }

    /** How they are stuck, the same on each JDK. */
    String name() {
        String depth = series.param("depth");
        String payload = series.param("payload");
        return waitsOn() + " · " + series.param("threads")
                + (depth.equals("0") ? "" : " · " + depth + " frames")
                + (payload.equals("0") ? "" : " · " + payload + " B held")
                + (series.code().startsWith("Interpreted") ? " · interpreted" : "")
                + switch (series.holder()) {
                    case "array" -> "";
                    case "launcher" -> series.params().containsKey("holder") ? " · of a launcher" : "";
                    case "nobody" -> " · held by nobody, untracked";
                    default -> " · untracked";
                };
    }

    double bytes() {
        return slope.perThread();
    }

    /** Bytes a thread of each population by itself, where they are more than none. */
    List<Double> bytesByPopulation() {
        return series.points(series.mainMetric()).stream()
                .map(point -> point.bytes() / point.threads())
                .filter(bytes -> bytes > 0)
                .toList();
    }
}
