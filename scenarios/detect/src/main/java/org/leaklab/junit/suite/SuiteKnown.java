package org.leaklab.junit.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.KnownLeaks;

/**
 * The file of known leaks of a suite, in the form that {@code detect --known} reads too. A thread has the cause
 * {@code left-behind} there, whether or not it is proven that it can never be woken: so an entry does not depend on
 * what a probe could see.
 */
final class SuiteKnown {

    private final KnownLeaks leaks;

    private SuiteKnown(KnownLeaks leaks) {
        this.leaks = leaks;
    }

    /**
     * Reads the file.
     *
     * @param file the file, or null for none
     * @throws IOException if there is no such file
     * @throws IllegalArgumentException if it is no file of known leaks; the message is one sentence that names the line
     */
    static SuiteKnown read(@Nullable Path file) throws IOException {
        return new SuiteKnown(file == null ? KnownLeaks.none() : KnownLeaks.read(file));
    }

    static SuiteKnown none() {
        return new SuiteKnown(KnownLeaks.none());
    }

    /** The same threads; those that are known are marked. */
    List<LeftThread> marked(List<LeftThread> left) {
        return left.stream().map(each -> isKnown(each) ? each.asKnown() : each).toList();
    }

    private boolean isKnown(LeftThread thread) {
        return leaks.contains(group(thread, Cause.LEFT_BEHIND))
                || (thread.verdict().isProof() && leaks.contains(group(thread, Cause.UNREACHABLE)));
    }

    /**
     * Writes what was known in the file before, and these threads. Nothing is taken out: a suite may have seen a part
     * of the tests alone.
     *
     * @return how many places the file has now
     */
    static int write(Path file, List<LeftThread> left) throws IOException {
        KnownLeaks before = Files.exists(file) ? KnownLeaks.read(file) : KnownLeaks.none();
        KnownLeaks now = before.and(
                left.stream().map(each -> group(each, Cause.LEFT_BEHIND)).toList());
        ReplacedFile.write(file, now.text());
        return now.places().size();
    }

    private static LeakedGroup group(LeftThread thread, Cause cause) {
        return new LeakedGroup(
                1,
                thread.look().kind() == ThreadKind.VIRTUAL,
                cause,
                Findings.Verdict.UNLESS_INTERRUPTED,
                thread.look().waitsOn(),
                List.of(thread.look().name()),
                -1,
                List.of(),
                thread.look().stack());
    }
}
