package org.leaklab.cli;

import java.time.Duration;
import org.leaklab.live.ProbeOptions;
import picocli.CommandLine.Option;

/** How {@code detect --live} probes. */
final class LiveOptions {

    @Option(
            names = "--live",
            required = true,
            description =
                    "Do not dump the heap: load a probe into the process, which lets go of its parked virtual threads, lets the "
                            + "JVM collect and sees which of them nobody reaches: two to five full collections in all. JDK 21 and "
                            + "later, G1, Parallel and Serial. Of platform threads only deadlocks are seen.")
    private boolean live;

    @Option(
            names = "--max-pause",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationText.class,
            description = "Refuse if one collection is expected to take longer (default 1s).")
    private Duration maxPause = Duration.ofSeconds(1);

    @Option(names = "--fast", description = "Look once, and not again at a second collection: then nothing is certain.")
    private boolean fast;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why, for the log of the process: it gets a line for each probe.")
    private String reason = "";

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Probe N times; the last probe decides the exit code, and is what -o keeps. JSON is one line a probe then.")
    private int repeat = 1;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "1m",
            converter = DurationText.class,
            description = "How long to wait between two probes (default 1m).")
    private Duration every = Duration.ofMinutes(1);

    @Option(
            names = "--reap",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Interrupt at most N threads that are certain to be leaked, so that they run their finally blocks and "
                            + "end; says which ignored it.")
    private int reap;

    /** Returns how the process is probed. */
    ProbeOptions probe() {
        if (reap < 0) {
            throw new IllegalArgumentException("--reap is 0 or more, not " + reap);
        }
        if (reap > 0 && fast) {
            throw new IllegalArgumentException("--reap interrupts what is certain, and with --fast nothing is");
        }
        ProbeOptions options = ProbeOptions.DEFAULT
                .withMaxPause(maxPause)
                .withReason(reason.replaceAll("\\p{Cntrl}", " "))
                .reaping(reap);
        return fast ? options.onlyFast() : options;
    }

    /** Returns how often, at least once. */
    int repeat() {
        if (repeat < 1) {
            throw new IllegalArgumentException("--repeat is 1 or more, not " + repeat);
        }
        return repeat;
    }

    Duration every() {
        return every;
    }
}
