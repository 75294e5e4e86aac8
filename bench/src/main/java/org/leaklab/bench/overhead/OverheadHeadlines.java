package org.leaklab.bench.overhead;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.leaklab.bench.Forks;
import org.leaklab.results.Headline;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.JmhResult;

/** What an attached detector adds to an operation, in nanoseconds, and how many times as long the operation takes. */
public final class OverheadHeadlines implements HeadlineMeasures {

    /** They show what the measurement cannot tell apart, and are no detectors. */
    private static final Set<String> CONTROLS = Set.of(DetectorCost.NONE, "observer");

    @Override
    public String group() {
        return "overhead";
    }

    @Override
    public List<Headline> of(List<JmhResult> results) {
        List<Headline> all = new ArrayList<>();
        for (DetectorCost cost : DetectorCost.of(results)) {
            if (!CONTROLS.contains(cost.detector())) {
                Map<String, String> params = new LinkedHashMap<>();
                params.put("detector", cost.detector());
                params.put("operation", cost.operation());
                params.put("threads", cost.threads());
                params.put("stuck", cost.stuck());
                params.put("tracked", cost.tracked() ? "yes" : "no");
                add(all, "time that a detector adds to an operation", "ns/op", false, params, cost.added());
                add(all, "time of an operation with a detector", "times that without", true, params, cost.ratio());
            }
        }
        return all;
    }

    private void add(
            List<Headline> all,
            String measure,
            String unit,
            boolean mean,
            Map<String, String> params,
            List<Double> forks) {
        Forks.headline(group(), measure, unit, Headline.Better.LESS, mean, params, forks)
                .ifPresent(all::add);
    }
}
