package org.leaklab.pages.report;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.leaklab.bench.run.Environment;
import org.leaklab.results.DetectorVerdict;
import org.leaklab.results.JmhResult;
import org.leaklab.results.RecordedLog;
import org.leaklab.soak.MillionReport;

/** All that the input holds, in an order that does not depend on how it was named. */
record Results(
        List<JmhFile> jmh,
        List<Verdicts> detectors,
        List<MillionReport> millions,
        List<Environment> environments,
        List<Log> logs,
        Jdks jdks) {

    /** The benchmarks that this project has; others are those of other projects. */
    static final String OWN = "org.leaklab.bench.";

    /**
     * A file of JMH's.
     *
     * @param name of the file and its folder
     */
    record JmhFile(Path file, String name, List<JmhResult> results) {}

    /** What detectors made of every scenario on one JDK. */
    record Verdicts(String jdk, List<DetectorVerdict> verdicts) {}

    /** A log of histograms, one fork's. */
    record Log(String jdk, RecordedLog recorded) {}

    /** All results of JMH. */
    Stream<JmhResult> all() {
        return jmh.stream().flatMap(file -> file.results().stream());
    }

    /** Those of a group, as they stand. */
    List<JmhResult> group(String group) {
        return all().filter(result -> result.benchmark().startsWith(OWN + group + "."))
                .toList();
    }
}
