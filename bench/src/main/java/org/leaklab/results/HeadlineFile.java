package org.leaklab.results;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Headline measures that a project declares in a small file: a list of objects, each a metric of the benchmarks that a
 * pattern finds.
 *
 * <pre>{@code
 * [{"group": "memory", "measure": "allocated", "benchmark": "^com[.]acme[.].*", "metric": "gc.alloc.rate.norm",
 *   "better": "less", "mean": true}]
 * }</pre>
 *
 * <p>{@code better} is {@code less} unless it says {@code more}; {@code mean} is false where ratios must not be
 * averaged, as those of counts. With {@code "slope": "threads"} it is how much the metric grows with {@code threads}, a
 * parameter or a metric: see {@link DeclaredSlope}.
 */
public final class HeadlineFile {

    private HeadlineFile() {}

    private static final List<String> FIELDS =
            List.of("group", "measure", "benchmark", "metric", "slope", "over", "better", "mean");

    /**
     * What a file declares.
     *
     * @throws IllegalArgumentException if it cannot be read or declares something else; the message says where and what
     */
    public static List<HeadlineMeasures> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file \"" + file + "\" that declares headlines");
        }
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(file.toFile());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("\"" + file + "\" is not JSON, so it declares no headlines", e);
        }
        if (!root.isArray() || root.isEmpty()) {
            throw new IllegalArgumentException("\"" + file
                    + "\" is not a list of headlines, as in [{\"group\": \"memory\", \"measure\": \"allocated\", "
                    + "\"benchmark\": \".*\", \"metric\": \"gc.alloc.rate.norm\"}]");
        }
        List<HeadlineMeasures> all = new ArrayList<>();
        int number = 1;
        for (JsonNode node : root) {
            all.add(declared("\"" + file + "\", headline " + number++ + ": ", node));
        }
        return all;
    }

    private static HeadlineMeasures declared(String where, JsonNode node) {
        for (String name : node.propertyNames()) {
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException(
                        where + "nothing is called " + name + "; it has " + String.join(", ", FIELDS));
            }
        }
        String better = text(where, node, "better", "less");
        if (!better.equals("less") && !better.equals("more")) {
            throw new IllegalArgumentException(where + "better is less or more, not " + better);
        }
        try {
            String group = text(where, node, "group", null);
            String measure = text(where, node, "measure", null);
            Pattern benchmark = Pattern.compile(text(where, node, "benchmark", ".*"));
            String metric = text(where, node, "metric", "primary");
            String slope = text(where, node, "slope", "");
            Headline.Better direction = better.equals("more") ? Headline.Better.MORE : Headline.Better.LESS;
            boolean mean = node.path("mean").asBoolean(true);
            return slope.isEmpty()
                    ? new Declared(group, measure, benchmark, metric, direction, mean)
                    : new DeclaredSlope(
                            group, measure, benchmark, metric, slope, text(where, node, "over", ""), direction, mean);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(where + "benchmark is no regular expression: " + e.getDescription(), e);
        }
    }

    private static String text(String where, JsonNode node, String name, @Nullable String otherwise) {
        JsonNode there = node.path(name);
        if (there.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        if (!there.isString()) {
            throw new IllegalArgumentException(where + (there.isMissingNode() ? "has no " : "has no text in ") + name);
        }
        return there.asString();
    }

    /** Class and method. */
    static String shortName(String benchmark) {
        return benchmark.replaceFirst("^.*\\.(?=[^.]*\\.[^.]*$)", "");
    }

    private record Declared(
            String group, String measure, Pattern benchmark, String metric, Headline.Better better, boolean mean)
            implements HeadlineMeasures {

        /** More headlines beside the primary metrics. */
        @Override
        public boolean speaksFor(JmhResult result) {
            return false;
        }

        @Override
        public List<Headline> of(List<JmhResult> results) {
            List<Headline> headlines = new ArrayList<>();
            for (JmhResult result : results) {
                JmhResult.@Nullable Metric there = DeclaredSlope.metricOf(result, metric);
                if (there != null && benchmark.matcher(result.benchmark()).find() && Double.isFinite(there.score())) {
                    headlines.add(headline(result, there));
                }
            }
            return headlines;
        }

        private Headline headline(JmhResult result, JmhResult.Metric there) {
            Map<String, String> params = new LinkedHashMap<>();
            params.put("benchmark", shortName(result.benchmark()));
            params.putAll(result.params());
            List<Double> forks =
                    there.forkMeans().stream().filter(Double::isFinite).toList();
            return new Headline(
                    group,
                    measure,
                    there.unit(),
                    better,
                    mean,
                    params,
                    forks.isEmpty() ? there.score() : median(forks),
                    forks);
        }

        /** As of a primary metric: the mean of all, which JMH has, is that of one fork where that is far out. */
        private static double median(List<Double> forks) {
            return StatUtils.percentile(forks.stream().mapToDouble(fork -> fork).toArray(), 50);
        }
    }
}
