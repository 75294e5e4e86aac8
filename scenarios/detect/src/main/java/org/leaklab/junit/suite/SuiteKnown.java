package org.leaklab.junit.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.text.Printable;
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
     * Reads the file of known leaks. It may be missing where known leaks are written: then they are written anew. If
     * they will be added to a file, it is read too, so that what is wrong with it is said before the look.
     *
     * @throws IOException if there is no such file, or it cannot be read; the message is one sentence
     * @throws IllegalArgumentException if it is no file of known leaks; the message is one sentence that names the line
     */
    static SuiteKnown read(SuiteSettings settings) throws IOException {
        Path written = settings.writeKnown();
        if (written != null && Files.exists(written)) {
            leaks(written);
        }
        Path file = settings.known();
        if (file == null || (written != null && !Files.exists(file))) {
            return none();
        }
        return new SuiteKnown(leaks(file));
    }

    private static KnownLeaks leaks(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException((Files.exists(file) ? "this is no file: " : "there is no file ") + file
                    + " with known leaks; -D" + SuiteSettings.WRITE_KNOWN + "=FILE writes one");
        }
        try {
            return KnownLeaks.read(file);
        } catch (IOException e) { // which often has the name of the file for its message
            throw new IOException(file + " cannot be read: " + Printable.textOf(e), e);
        }
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
        KnownLeaks before = Files.exists(file) ? leaks(file) : KnownLeaks.none();
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
