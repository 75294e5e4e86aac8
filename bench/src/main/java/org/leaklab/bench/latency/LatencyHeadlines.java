package org.leaklab.bench.latency;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.leaklab.bench.Forks;
import org.leaklab.results.Headline;
import org.leaklab.results.Headline.Better;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.JmhResult;

/**
 * How long requests take, in microseconds: percentiles of all forks together, each with the value of every fork where a
 * fork has enough requests for it. There is none where so many requests failed that it would be no latency. Results of
 * older versions have no latencies beside them but percentiles of single forks, of too few requests; of those there is
 * nothing.
 *
 * <p>Of a service whose carriers are taken: how many of the requests after that fail.
 */
public final class LatencyHeadlines implements HeadlineMeasures {

    /** What is taken of the latencies. */
    public static final List<Double> PERCENTS = List.of(50.0, 99.0, 99.9);

    private static final String PACKAGE = "org.leaklab.bench.latency.";
    private static final String PINNED = PACKAGE + "PinnedCarrierLatency.";

    @Override
    public String group() {
        return "latency";
    }

    @Override
    public List<Headline> of(List<JmhResult> results) {
        List<Headline> headlines = new ArrayList<>();
        for (JmhResult result : results) {
            if (result.benchmark().startsWith(PACKAGE)) {
                FailedRequests failed = FailedRequests.of(result);
                if (result.benchmark().startsWith(PINNED)) {
                    failures(result, failed.afterLastCarrier()).ifPresent(headlines::add);
                }
                PERCENTS.stream()
                        .filter(failed::isLatency)
                        .forEach(percent -> percentile(result, percent).ifPresent(headlines::add));
            }
        }
        return List.copyOf(headlines);
    }

    private static Optional<Headline> failures(JmhResult result, List<Double> share) {
        return Forks.headline(
                "latency",
                "requests that fail after the second leak",
                "% of requests",
                Better.LESS,
                false,
                params(result),
                share);
    }

    private static Optional<Headline> percentile(JmhResult result, double percent) {
        OptionalDouble micros = result.latencies().percentile(percent);
        return micros.isEmpty()
                ? Optional.empty()
                : Optional.of(new Headline(
                        "latency",
                        "time of a request, " + name(percent),
                        "us",
                        Better.LESS,
                        micros.getAsDouble() > 0,
                        params(result),
                        micros.getAsDouble(),
                        result.latencies().percentileOfForks(percent)));
    }

    private static Map<String, String> params(JmhResult result) {
        boolean pinned = result.benchmark().startsWith(PINNED);
        Map<String, String> params = new LinkedHashMap<>();
        params.put("form", result.params().getOrDefault("form", pinned ? "pinned" : "-"));
        result.params().forEach(params::putIfAbsent);
        return params;
    }

    /** {@code p99} or {@code p99.9}, as everybody calls it. */
    public static String name(double percent) {
        return "p" + (percent == Math.rint(percent) ? Integer.toString((int) percent) : Double.toString(percent));
    }
}
