package org.leaklab.junit.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;

/**
 * The file of {@code leaklab.report}. It has what all runs of this JVM have left: where each class of tests is a run,
 * the last one writes it all. Each run writes it, also one that could not look: or a file of yesterday would be taken
 * for one of today.
 */
final class ReportFile {

    private static final Queue<LeftThread> LEFT = new ConcurrentLinkedQueue<>();

    /** Why runs of this JVM could not look, or not to the end. */
    private static final Queue<String> BROKEN = new ConcurrentLinkedQueue<>();

    private static final AtomicBoolean TESTS_RAN = new AtomicBoolean();

    private ReportFile() {}

    /** Writes what a run has found. Returns the same report, which is broken if the file cannot be written. */
    static SuiteReport written(SuiteSettings settings, SuiteReport report) {
        TESTS_RAN.set(true);
        LEFT.addAll(report.left());
        String broken = report.broken();
        if (broken != null && !BROKEN.contains(broken)) {
            BROKEN.add(broken);
        }
        String anyBroken = BROKEN.isEmpty() ? null : String.join("; ", BROKEN);
        String why = write(settings, new SuiteReport(List.copyOf(LEFT), report.blind(), anyBroken, report.notes()));
        return why == null ? report : report.butBroken(why);
    }

    /** Writes that no test ran, unless one has in another run of this JVM. A run without tests cannot fail. */
    static void writeWithoutTests(SuiteSettings settings) {
        String why = TESTS_RAN.get() ? null : write(settings, SuiteReport.failed("no test ran"));
        if (why != null) {
            System.err.println("leaklab: " + why);
        }
    }

    /** Returns why the file cannot be written; null if it was, or if none is wanted. */
    private static @Nullable String write(SuiteSettings settings, SuiteReport all) {
        Path file = settings.report();
        if (file == null) {
            return null;
        }
        try {
            ReplacedFile.write(file, SuiteJson.of(settings.mode(), all));
            return null;
        } catch (IOException | RuntimeException e) {
            return file + " cannot be written: " + Printable.of(Printable.textOf(e));
        }
    }

    /** For tests: as in a new JVM. */
    static void forget() {
        LEFT.clear();
        BROKEN.clear();
        TESTS_RAN.set(false);
    }
}
