package org.leaklab.pages.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.latency.FailedRequests;
import org.leaklab.results.JmhResult;

/**
 * What stuck threads that keep their carriers do to a service: whether it still answers when the last carrier is taken,
 * and where it does, whether requests take longer.
 */
record PinnedCarriers(Jdks jdks, List<JmhResult> all) {

    static final String BENCHMARK = Results.OWN + "latency.PinnedCarrierLatency.";

    private static final String NOBODY = "0";
    private static final String SOME = "1";

    /** None where nothing was measured of it. */
    Optional<String> finding() {
        Map<String, String> failing = new LinkedHashMap<>();
        DifferenceByJdk changes = new DifferenceByJdk();
        for (String label : jdks.labels()) {
            JmhResult none = find(label, NOBODY);
            JmhResult some = find(label, SOME);
            if (some != null) {
                List<Double> share = FailedRequests.of(some).afterLastCarrier();
                if (!share.isEmpty()) {
                    failing.put(label, words(share));
                }
                if (none != null) {
                    add(changes, label, LatencyTopic.percentile(none, 50), LatencyTopic.percentile(some, 50));
                }
            }
        }
        return failing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Where 1 % of the requests get stuck inside synchronized and there are two carriers, of the "
                                + "requests after the second that is stuck " + Jdks.say(failing) + "."
                                + (changes.isEmpty()
                                        ? ""
                                        : " Where hardly any fails, the median latency is, against nobody stuck, "
                                                + changes.say() + "."));
    }

    private static void add(
            DifferenceByJdk changes,
            String label,
            JmhResult.@Nullable Metric before,
            JmhResult.@Nullable Metric after) {
        if (before != null && after != null) {
            changes.add(label, before, after, LatencyTopic::millis);
        }
    }

    /** All only if it is all in every fork, and none likewise. */
    private static String words(List<Double> share) {
        double least = share.stream().mapToDouble(value -> value).min().orElseThrow();
        double most = share.stream().mapToDouble(value -> value).max().orElseThrow();
        if (least >= 100) {
            return "all fail";
        }
        return most <= 0
                ? "none fails"
                : Numbers.digits(share.stream()
                                .mapToDouble(value -> value)
                                .average()
                                .orElseThrow())
                        + " % fail";
    }

    private @Nullable JmhResult find(String label, String percent) {
        return all.stream()
                .filter(result -> result.benchmark().startsWith(BENCHMARK)
                        && jdks.label(result.jdk()).equals(label)
                        && percent.equals(result.params().get("percent")))
                .findFirst()
                .orElse(null);
    }
}
