package org.leaklab.bench.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.leaklab.bench.Forks;
import org.leaklab.results.Headline;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.JmhResult;

/**
 * Lives of scenarios a second, with the empty life beside them that they are read against; the time of one look whether
 * a thread is stuck; and items through patterns a second.
 */
public final class ScenarioHeadlines implements HeadlineMeasures {

    private static final String PACKAGE = "org.leaklab.bench.scenario.";

    @Override
    public String group() {
        return "scenario";
    }

    @Override
    public List<Headline> of(List<JmhResult> results) {
        List<Headline> all = new ArrayList<>();
        for (JmhResult result : results) {
            if (result.benchmark().equals(PACKAGE + "ScenarioThroughput.life")
                    || result.benchmark().equals(PACKAGE + "EmptyLife.life")) {
                if (!TimedLives.names().contains(result.params().getOrDefault("scenario", ""))) {
                    add(all, result, "lives of a scenario", "lives/s", Headline.Better.MORE);
                }
            } else if (result.benchmark().equals(PACKAGE + "PatternThroughput.items")) {
                add(all, result, "items through a pattern", "items/s", Headline.Better.MORE);
            } else if (result.benchmark().equals(PACKAGE + "StuckLook.look")
                    && result.primary().unit().equals("ns/op")) {
                add(all, result, "time of one look whether a thread is stuck", "ns", Headline.Better.LESS);
            }
        }
        return all;
    }

    private void add(List<Headline> all, JmhResult result, String measure, String unit, Headline.Better better) {
        Map<String, String> params = new LinkedHashMap<>();
        for (String name : List.of("scenario", "pattern", "variant", "threads")) {
            if (result.params().containsKey(name)) {
                params.put(name, result.params().get(name));
            }
        }
        Forks.headline(
                        group(),
                        measure,
                        unit,
                        better,
                        true,
                        params,
                        result.primary().forkMeans())
                .ifPresent(all::add);
    }
}
