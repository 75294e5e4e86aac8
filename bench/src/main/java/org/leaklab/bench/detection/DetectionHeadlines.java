package org.leaklab.bench.detection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.results.Headline;
import org.leaklab.results.Headline.Better;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.JmhResult;

/**
 * What one look of a detector takes beside so many stuck threads, and how long after a thread got stuck it is reported,
 * less the wait for the next look. In older results a look was measured once, which of looks that take microseconds
 * says nothing: of those there is the detector alone whose looks take milliseconds. A look of Go's profiles is measured
 * once too, for what it makes stuck stays so, and takes milliseconds.
 */
public final class DetectionHeadlines implements HeadlineMeasures {

    private static final String PACKAGE = "org.leaklab.bench.detection.";
    private static final String REACHABILITY = "reachability";

    @Override
    public String group() {
        return "detection";
    }

    @Override
    public List<Headline> of(List<JmhResult> results) {
        List<Headline> headlines = new ArrayList<>();
        for (JmhResult result : results) {
            String detector = result.params().getOrDefault("detector", REACHABILITY);
            if (isLook(result, detector)) {
                Map<String, String> params = new LinkedHashMap<>();
                params.put("detector", detector);
                params.put("stuck", result.params().getOrDefault("stuck", "-"));
                add("time of one look", params, result.primary(), headlines);
            } else if (result.benchmark().startsWith(PACKAGE + "DetectionDelay.")) {
                Map<String, String> params = new LinkedHashMap<>();
                params.put("detector", detector);
                params.put("period", result.params().getOrDefault("period", "-") + " ms");
                add(
                        "delay of a report after the look began, median",
                        params,
                        result.secondary().get("look.p50"),
                        headlines);
            }
        }
        return List.copyOf(headlines);
    }

    private static boolean isLook(JmhResult result, String detector) {
        if (result.benchmark().startsWith(PACKAGE + "DetectionPass.")) {
            return result.mode().equals("avgt")
                    || detector.equals(REACHABILITY)
                    || result.jdk().startsWith("go");
        }
        return result.benchmark().startsWith(PACKAGE + "ReachabilityProbe.");
    }

    private static void add(
            String measure, Map<String, String> params, JmhResult.@Nullable Metric metric, List<Headline> headlines) {
        if (metric == null || !Double.isFinite(metric.score())) {
            return;
        }
        double micros = metric.unit().startsWith("ms") ? 1e3 : 1;
        headlines.add(new Headline(
                "detection",
                measure,
                "us",
                Better.LESS,
                metric.score() > 0,
                params,
                metric.score() * micros,
                metric.forkMeans().stream().map(value -> value * micros).toList()));
    }
}
