package org.leaklab.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.leaklab.heapdump.Findings;
import org.leaklab.live.LiveProbe;
import org.leaklab.live.LiveReport;
import org.leaklab.live.ProbeOptions;

/** Looks at a process with a probe that is loaded into it, and says what that costs the process. */
final class LiveLook {

    /** One for a quiet JVM, the self-test, one look, and at most two more at what was found, also in haste. */
    private static final int MOST = 5;

    private final long pid;
    private final ProbeOptions options;
    private final Consumer<String> say;

    /** @param say hears what is said before and after a probe, a line each */
    LiveLook(long pid, ProbeOptions options, Consumer<String> say) {
        this.pid = pid;
        this.options = options;
        this.say = say;
    }

    /** Probes once. */
    Findings look() throws IOException {
        LiveProbe probe = LiveProbe.attach(pid, null);
        say.accept(String.format(
                Locale.ROOT,
                "process %d will stand still for up to %d full collections of %s each: it has %,d MB of heap in use",
                pid,
                MOST,
                text(probe.pause()),
                probe.usedBytes() >> 20));
        LiveReport report = probe.probe(options);
        say.accept(report.rounds().stream()
                .map(round -> String.format(
                        Locale.ROOT,
                        "%,d let go in %s, %s of collection, %,d found",
                        round.armed(),
                        text(round.arming()),
                        text(round.collection()),
                        round.found()))
                .collect(Collectors.joining("; ")));
        say.accept(
                "what stays in process " + pid + ": one class of leaklab on its class path, and packages of java.base"
                        + " that are open to a module that is gone");
        return report.findings(probe.locks(report));
    }

    private static String text(Duration time) {
        return time.toMillis() < 1000
                ? Math.max(1, time.toMillis()) + " ms"
                : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
