package org.leaklab.heapdump.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the detector said of the suite's threads, held against their labels.
 *
 * @param truePositives leaked threads that it reported, with either verdict
 * @param falsePositives other threads that it reported, those of the JVM and of the libraries among them
 * @param falseNegatives leaked threads that it did not report
 * @param trueNegatives healthy threads of the suite that it did not report
 * @param otherVerdicts leaked threads that it reported with the other of the two verdicts
 * @param errors the threads of the second, third and fifth number, a sentence each
 */
public record Marks(
        int truePositives,
        int falsePositives,
        int falseNegatives,
        int trueNegatives,
        int otherVerdicts,
        List<String> errors) {

    private static final Pattern MONITOR = Pattern.compile(
            "false negative: [^/]+/[^/]+/(Object\\.wait|wait in a helper|monitor enter|synchronized method|MonitorShapes\\.)");

    /** A thread that the detector reported, and its verdict in the words of the detector. */
    public record Reported(String name, String verdict) {}

    /** Marks an answer; each name starts with its label. */
    static Marks of(List<String> names, List<Reported> reported) {
        Map<String, String> verdicts = new HashMap<>();
        List<String> errors = new ArrayList<>();
        Set<String> known = Set.copyOf(names);
        int falsePositives = 0;
        for (Reported one : reported) {
            if (!known.contains(one.name())) {
                falsePositives++;
                errors.add(
                        "false positive: " + one.name() + " is no thread of the suite, reported as " + one.verdict());
            } else if (verdicts.put(one.name(), one.verdict()) != null) {
                falsePositives++;
                errors.add("false positive: " + one.name() + " is reported twice");
            }
        }
        int truePositives = 0;
        int falseNegatives = 0;
        int trueNegatives = 0;
        int otherVerdicts = 0;
        for (String name : names) {
            Label label = label(name);
            String verdict = verdicts.get(name);
            if (label == Label.HEALTHY && verdict == null) {
                trueNegatives++;
            } else if (label == Label.HEALTHY) {
                falsePositives++;
                errors.add("false positive: " + name + " is reported as " + verdict);
            } else if (verdict == null) {
                falseNegatives++;
                errors.add("false negative: " + name + " is not reported");
            } else {
                truePositives++;
                if (!verdict.equals(label.word())) {
                    otherVerdicts++;
                    errors.add("other verdict: " + name + " is reported as " + verdict);
                }
            }
        }
        return new Marks(
                truePositives, falsePositives, falseNegatives, trueNegatives, otherVerdicts, List.copyOf(errors));
    }

    private static Label label(String name) {
        return Label.of(name.substring(0, name.indexOf('/')));
    }

    /**
     * Whether an error is a leaked thread that was not reported and waits on a monitor: compiled code may hide which
     * one.
     */
    static boolean isHiddenMonitor(String error) {
        return MONITOR.matcher(error).lookingAt();
    }

    /** Of the leaked threads, how many per cent were reported. */
    double recall() {
        return 100.0 * truePositives / (truePositives + falseNegatives);
    }

    /** Aligned with {@link #HEAD}. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%6d %6d %6d %6d %8d %7d",
                truePositives,
                falsePositives,
                falseNegatives,
                trueNegatives,
                otherVerdicts,
                errors.stream().filter(Marks::isHiddenMonitor).count());
    }

    static final String HEAD = String.format("%6s %6s %6s %6s %8s %7s", "TP", "FP", "FN", "TN", "VERDICT", "MONITOR");

    /** Reads what {@code detect --json} wrote. */
    static List<Reported> reported(Path json) throws IOException {
        JsonNode answer = JsonMapper.shared().readTree(Files.readString(json));
        List<Reported> reported = new ArrayList<>();
        for (JsonNode thread : answer.get("leaked")) {
            reported.add(new Reported(
                    thread.get("name").asString(), thread.get("verdict").asString()));
        }
        return reported;
    }

    /**
     * {@code Marks NAMES.txt ANSWER.json [LEAST]} prints the line of marks, then the errors to standard error; the exit
     * code is 1 when a healthy thread was reported, when a verdict is the other one, when a leaked thread was not
     * reported that waits on no monitor, or when fewer than LEAST per cent were reported, all unless told otherwise.
     * {@code Marks --head} prints what stands above, and {@code Marks --count ANSWER.json} how many threads were
     * reported.
     */
    public static void main(String[] args) throws IOException {
        if (args[0].equals("--head")) {
            System.out.println(HEAD);
            return;
        }
        if (args[0].equals("--count")) {
            System.out.println(reported(Path.of(args[1])).size());
            return;
        }
        Marks marks = of(Files.readAllLines(Path.of(args[0])), reported(Path.of(args[1])));
        System.out.println(marks.line());
        marks.errors().forEach(System.err::println);
        double least = args.length > 2 ? Double.parseDouble(args[2]) : 100;
        if (!marks.errors.stream().allMatch(Marks::isHiddenMonitor) || marks.recall() < least) {
            System.exit(1);
        }
    }
}
