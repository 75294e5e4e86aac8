package org.leaklab.bench.latency;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.leaklab.results.Headline;
import org.leaklab.results.Headline.Better;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.JmhResult;

/**
 * How long requests take, in microseconds: percentiles of all forks together, each with the value of every fork where a
 * fork has enough requests for it. Results of older versions have no latencies beside them but percentiles of single
 * forks, of too few requests; of those there is nothing.
 */
public final class LatencyHeadlines implements HeadlineMeasures {

    /** What is taken of the latencies. */
    public static final List<Double> PERCENTS = List.of(50.0, 99.0, 99.9);

    private static final String PACKAGE = "org.leaklab.bench.latency.";

    @Override
    public String group() {
        return "latency";
    }

    @Override
    public List<Headline> of(List<JmhResult> results) {
        List<Headline> headlines = new ArrayList<>();
        for (JmhResult result : results) {
            if (result.benchmark().startsWith(PACKAGE)) {
                PERCENTS.forEach(percent -> add(result, percent, headlines));
            }
        }
        return List.copyOf(headlines);
    }

    private static void add(JmhResult result, double percent, List<Headline> headlines) {
        OptionalDouble micros = result.latencies().percentile(percent);
        if (micros.isPresent()) {
            boolean pinned = result.benchmark().startsWith(PACKAGE + "PinnedCarrierLatency.");
            Map<String, String> params = new LinkedHashMap<>();
            params.put("form", result.params().getOrDefault("form", pinned ? "pinned" : "-"));
            result.params().forEach(params::putIfAbsent);
            headlines.add(new Headline(
                    "latency",
                    "time of a request, " + name(percent),
                    "us",
                    Better.LESS,
                    micros.getAsDouble() > 0,
                    params,
                    micros.getAsDouble(),
                    result.latencies().percentileOfForks(percent)));
        }
    }

    /** {@code p99} or {@code p99.9}, as everybody calls it. */
    public static String name(double percent) {
        return "p" + (percent == Math.rint(percent) ? Integer.toString((int) percent) : Double.toString(percent));
    }
}
