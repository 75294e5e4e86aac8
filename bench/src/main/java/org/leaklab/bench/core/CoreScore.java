package org.leaklab.bench.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;

/**
 * What one implementation scored in one cell of one run.
 *
 * @param question the class of the benchmark
 * @param run what tells this run from others: the file, and the JDK
 * @param jdk version of the JDK
 * @param setting the parameters besides implementation, threads and carriers
 * @param carriers how many carriers virtual threads had, {@code default} for one a processor; {@code -} for platform
 *     threads
 * @param time nanoseconds an operation
 * @param error half of the 99.9 % interval; NaN where there is none
 * @param forks nanoseconds an operation in each fork
 */
public record CoreScore(
        String question,
        String run,
        String jdk,
        String setting,
        String threads,
        String carriers,
        String implementation,
        double time,
        double error,
        List<Double> forks) {

    public CoreScore {
        forks = List.copyOf(forks);
    }

    /** The implementation that the others are held against. */
    public static final String OURS = "leaklab";

    /** What is no implementation on the JVM, but the same shape in Go; it is a run of its own. */
    private static final String GO = "go";

    /** What is no implementation: the same threads, which do nothing but yield. */
    static final String BASELINE = "yield-only";

    private static final String UNFAIR = "reentrant-lock";

    static final String PREFIX = "org.leaklab.bench.core.";
    static final Set<String> CELL = Set.of("implementation", "threads", "carriers");

    /** Fewer say nothing of how they vary. */
    private static final int FORKS_FOR_PAIRS = 3;

    /** The upper end of an interval of 95 %. */
    private static final double UPPER = 0.975;

    /**
     * The ratio of two times, with its interval. Where both are of one run and have the same number of forks, three or
     * more, that is the geometric mean of the ratios fork by fork with the 95 % interval of Student's distribution on
     * their logarithms: forks of one pass ran at about the same time, so that what slowed the machine then slowed both.
     * Otherwise it is, as for scores of different runs, the ratio of the means, with the interval that dividing their
     * 99.9 % intervals gives, which is wider than need be and never flatters; the ends are NaN where one of the times
     * has no interval.
     */
    public record Ratio(double value, double low, double high) {}

    /**
     * Reads all scores of the core's benchmarks in a file.
     *
     * @throws IllegalArgumentException if that is not what the file holds; the message says so in a sentence
     */
    public static List<CoreScore> read(Path file) {
        List<CoreScore> scores = of(file, ResultFile.read(file));
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("\"" + file + "\" holds no result of a benchmark of the core");
        }
        return scores;
    }

    /**
     * The scores of the core's benchmarks among results; those of other benchmarks are left out.
     *
     * @param file where the results stood
     * @throws IllegalArgumentException if one of them lacks what a score needs; the message says so in a sentence
     */
    public static List<CoreScore> of(Path file, List<JmhResult> results) {
        List<CoreScore> scores = new ArrayList<>();
        for (JmhResult result : results) {
            if (result.benchmark().startsWith(PREFIX)) {
                scores.add(of(file, result));
            }
        }
        return scores;
    }

    private static CoreScore of(Path file, JmhResult result) {
        JmhResult.Metric metric = result.primary();
        if (!metric.unit().equals("ns/op") || !(metric.score() > 0)) {
            throw new IllegalArgumentException("\"" + file + "\" holds no time in ns/op for " + result.benchmark());
        }
        String implementation = result.params().get("implementation");
        String threads = result.params().get("threads");
        String carriers = result.params().get("carriers");
        if (implementation == null || threads == null || carriers == null) {
            throw new IllegalArgumentException("\"" + file
                    + "\" does not say which implementation, threads and carriers " + result.benchmark() + " ran with");
        }
        List<String> setting = new ArrayList<>();
        result.params().forEach((name, value) -> {
            if (!CELL.contains(name)) {
                setting.add(name + " " + value);
            }
        });
        return new CoreScore(
                question(result.benchmark()),
                file.getFileName() + (implementation.equals(GO) ? ", " : ", JDK ") + result.jdk(),
                result.jdk(),
                String.join(", ", setting),
                threads,
                threads.equals("virtual") ? carriers : "-",
                implementation,
                metric.score(),
                metric.error(),
                metric.forkMeans());
    }

    /** Whether this was measured in Go. */
    public boolean isGo() {
        return implementation.equals(GO);
    }

    /** Name of the class that asks, without the method. */
    static String question(String benchmark) {
        String names = benchmark.substring(PREFIX.length());
        int end = names.indexOf('.');
        return end < 0 ? names : names.substring(0, end);
    }

    /** Whether this is an implementation of somebody else's. */
    public boolean isPeer() {
        return isPeer(implementation);
    }

    /** Whether an implementation is somebody else's. */
    public static boolean isPeer(String implementation) {
        return !implementation.startsWith(OURS) && !implementation.equals(BASELINE);
    }

    /**
     * Whether this is a lock that lets who leaves come in again before those that wait. Leaklab's does not, and so the
     * two are not alike: see {@link MutexHandOff}.
     */
    public boolean isUnfair() {
        return implementation.equals(UNFAIR);
    }

    /** This time by the other: above 1 the other is faster. */
    public Ratio ratioTo(CoreScore other) {
        if (run.equals(other.run) && forks.size() >= FORKS_FOR_PAIRS && forks.size() == other.forks.size()) {
            SummaryStatistics logs = new SummaryStatistics();
            for (int i = 0; i < forks.size(); i++) {
                logs.addValue(Math.log(forks.get(i) / other.forks.get(i)));
            }
            double half = new TDistribution(forks.size() - 1).inverseCumulativeProbability(UPPER)
                    * logs.getStandardDeviation()
                    / Math.sqrt(forks.size());
            return new Ratio(
                    Math.exp(logs.getMean()), Math.exp(logs.getMean() - half), Math.exp(logs.getMean() + half));
        }
        return new Ratio(
                time / other.time,
                Math.max(0, time - error) / (other.time + other.error),
                (time + error) / Math.max(0, other.time - other.error));
    }
}
