package org.leaklab.bench.scheduling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.leaklab.bench.Forks;
import org.leaklab.results.Headline;
import org.leaklab.results.HeadlineMeasures;
import org.leaklab.results.JmhResult;

/** How long an operation of the core takes beside none, and how much longer beside stuck threads. */
public final class SchedulingHeadlines implements HeadlineMeasures {

    private static final String BENCHMARK = "org.leaklab.bench.scheduling.";
    private static final String NONE = "none";

    @Override
    public String group() {
        return "scheduling";
    }

    @Override
    public List<Headline> of(List<JmhResult> results) {
        List<JmhResult> those = results.stream()
                .filter(result -> result.benchmark().startsWith(BENCHMARK))
                .toList();
        List<Headline> all = new ArrayList<>();
        for (JmhResult result : those) {
            Map<String, String> params = params(result);
            if (NONE.equals(params.get("beside"))) {
                Forks.headline(
                                group(),
                                "time of an operation beside none",
                                "ns/op",
                                Headline.Better.LESS,
                                true,
                                params,
                                result.primary().forkMeans())
                        .ifPresent(all::add);
            } else {
                those.stream()
                        .filter(none -> params(none).equals(beside(NONE, params)))
                        .findFirst()
                        .flatMap(none -> Forks.headline(
                                group(),
                                "time that an operation takes longer beside stuck threads",
                                "ns/op",
                                Headline.Better.LESS,
                                false,
                                params,
                                Forks.differences(result.primary(), none.primary())))
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    private static Map<String, String> params(JmhResult result) {
        Map<String, String> params = new LinkedHashMap<>();
        for (String name : List.of("operation", "threads", "beside")) {
            params.put(name, result.params().getOrDefault(name, "-"));
        }
        return params;
    }

    private static Map<String, String> beside(String value, Map<String, String> params) {
        Map<String, String> others = new LinkedHashMap<>(params);
        others.put("beside", value);
        return others;
    }
}
