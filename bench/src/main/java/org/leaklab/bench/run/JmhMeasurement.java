package org.leaklab.bench.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.leaklab.bench.RequiredJvm;
import org.leaklab.bench.Secondary;
import org.leaklab.results.IntervalLog;
import org.leaklab.results.Latencies;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets JMH measure a row in a fork of this JVM. What JMH says meanwhile goes to a log, and its end is shown when the
 * row fails.
 */
final class JmhMeasurement implements Measurement {

    /** What is added to JMH's JSON where a fork left histograms: one of all its values. */
    static final String LATENCIES = "latencies";

    private static final int DETAILS = 20;

    /** How JMH begins what it says when it cannot run at all, because of its lock. */
    private static final String NOT_AT_ALL = "ERROR: ";

    private final Histograms histograms;
    private final PrintStream log;

    /** @param log for all that JMH says, whether a row fails or not */
    JmhMeasurement(Histograms histograms, PrintStream log) {
        this.histograms = histograms;
        this.log = log;
    }

    @Override
    public JsonNode measure(Row row, Part part, int fork) throws FailedRowException, IOException {
        try (Histograms.Fresh fresh = histograms.fresh()) {
            ObjectNode result = measure(row, part, fresh.folder());
            Histogram latencies = fresh.merged();
            if (latencies != null) {
                result.putArray(LATENCIES).add(Latencies.encoded(latencies));
            }
            fresh.keep(fork);
            return result;
        }
    }

    private ObjectNode measure(Row row, Part part, Path fresh) throws FailedRowException, IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Collection<RunResult> results;
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            results = new Runner(
                            options(row, part, fresh),
                            OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
                    .run();
        } catch (RunnerException e) {
            String message = String.valueOf(e.getMessage());
            if (message.startsWith(NOT_AT_ALL)) {
                throw new IOException(message.substring(NOT_AT_ALL.length()), e);
            }
            throw new FailedRowException(why(e), end(said));
        } finally {
            log.println("=== " + row.label());
            log.println(said.toString(StandardCharsets.UTF_8));
            log.flush();
        }
        if (results.size() != 1) {
            throw new FailedRowException("JMH gave " + results.size() + " results", end(said));
        }
        return json(results);
    }

    static Options options(Row row, Part part, Path histograms) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(row.benchmark()) + "$")
                .mode(Mode.deepValueOf(row.mode()))
                .addProfiler(Secondary.class)
                .jvmArgsPrepend(jvmOptions(row, histograms))
                .forks(1)
                .shouldFailOnError(true);
        row.params().forEach(options::param);
        if (part.warmupIterations() != null) {
            options.warmupIterations(part.warmupIterations());
        }
        if (part.warmupTime() != null) {
            options.warmupTime(TimeValue.fromString(part.warmupTime()));
        }
        if (part.measurementIterations() != null) {
            options.measurementIterations(part.measurementIterations());
        }
        if (part.measurementTime() != null) {
            options.measurementTime(TimeValue.fromString(part.measurementTime()));
        }
        return options.build();
    }

    /** They are put before those of the benchmark's annotations: what is appended would take their place. */
    private static String[] jvmOptions(Row row, Path histograms) {
        List<String> options = new ArrayList<>(RequiredJvm.of(row.benchmark()).options(row.params()));
        options.add("-D" + IntervalLog.DIRECTORY + "=" + histograms.toAbsolutePath());
        return options.toArray(String[]::new);
    }

    /** JMH's own JSON, without what it says of the machine's folders. */
    private static ObjectNode json(Collection<RunResult> results) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(text, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        }
        ObjectNode result =
                (ObjectNode) ResultFiles.MAPPER.readTree(text.toByteArray()).get(0);
        result.put("jvm", "java");
        List<String> options = new ArrayList<>();
        result.path("jvmArgs").forEach(option -> options.add(option.asString()));
        ArrayNode publishable = result.putArray("jvmArgs");
        PublishableOptions.of(options).forEach(publishable::add);
        return result;
    }

    /** JMH wraps what a benchmark throws, and keeps it where one would not look for it. */
    private static String why(RunnerException e) {
        Throwable why = e;
        if (e.getCause() instanceof BenchmarkException benchmark && benchmark.getSuppressed().length > 0) {
            why = benchmark.getSuppressed()[0];
        }
        while (why.getCause() != null) {
            why = why.getCause();
        }
        return why.toString().lines().findFirst().orElse("");
    }

    private static List<String> end(ByteArrayOutputStream said) {
        List<String> lines = said.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.subList(Math.max(0, lines.size() - DETAILS), lines.size());
    }
}
