package org.leaklab.bench.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.leaklab.results.Headline;
import org.leaklab.results.Headline.Better;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.JmhResult;

/**
 * Bytes that one more stuck thread keeps: heap of a virtual thread, resident memory of a platform thread and beside it
 * what the JVM calls committed; and what leaklab's launcher adds to a thread. Each is the slope of a line through
 * populations of several sizes.
 */
public final class MemoryHeadlines implements HeadlineMeasures {

    private static final String UNIT = "B/thread";
    private static final String HEAP = "heap";
    private static final String COMMITTED = "native.thread.committed";

    @Override
    public String group() {
        return "memory";
    }

    @Override
    public List<Headline> of(List<JmhResult> results) {
        List<Headline> headlines = new ArrayList<>();
        List<MemorySeries> all = MemorySeries.of(results);
        for (MemorySeries series : all) {
            if (series.param("threads").equals("virtual")) {
                add("heap of a stuck thread", series, HEAP, headlines);
            } else {
                add("resident memory of a stuck thread", series, "rss", headlines);
                add("native memory of a stuck thread, committed", series, COMMITTED, headlines);
            }
        }
        addLauncher(all, headlines);
        return List.copyOf(headlines);
    }

    private static void add(String measure, MemorySeries series, String metric, List<Headline> headlines) {
        if (series.hasSlope(metric) && Double.isFinite(series.slope(metric).perThread())) {
            headlines.add(new Headline(
                    "memory",
                    measure,
                    UNIT,
                    Better.LESS,
                    !series.holder().equals("nobody"), // of nearly nothing, which may be less than nothing
                    params(series),
                    series.slope(metric).perThread(),
                    series.forkSlopes(metric)));
        }
    }

    private static Map<String, String> params(MemorySeries series) {
        Map<String, String> params = new LinkedHashMap<>();
        List.of("on", "threads", "depth", "payload").forEach(name -> params.put(name, series.param(name)));
        params.put("holder", series.holder());
        params.put("code", series.code());
        return params;
    }

    /** What threads of a launcher keep more than the same threads in an array. */
    private static void addLauncher(List<MemorySeries> all, List<Headline> headlines) {
        for (MemorySeries launched : all) {
            Map<String, String> plain = new LinkedHashMap<>(launched.params());
            if (!launched.hasSlope(HEAP) || !"launcher".equals(plain.put("holder", "array"))) {
                continue;
            }
            all.stream()
                    .filter(series -> series.jdk().equals(launched.jdk())
                            && series.code().equals(launched.code())
                            && series.params().equals(plain)
                            && series.hasSlope(HEAP))
                    .findFirst()
                    .ifPresent(array -> headlines.add(new Headline(
                            "memory",
                            "heap that the launcher adds to a thread",
                            UNIT,
                            Better.LESS,
                            false,
                            params(launched),
                            launched.slope(HEAP).perThread() - array.slope(HEAP).perThread(),
                            differences(launched.forkSlopes(HEAP), array.forkSlopes(HEAP)))));
        }
    }

    /** The forks of one pass belong together. */
    private static List<Double> differences(List<Double> more, List<Double> less) {
        return more.size() == less.size()
                ? IntStream.range(0, more.size())
                        .mapToObj(fork -> more.get(fork) - less.get(fork))
                        .toList()
                : List.of();
    }
}
