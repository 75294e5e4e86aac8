package org.leaklab.junit.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.KnownLeaks;
import org.leaklab.heapdump.LeakPlace;

/**
 * The file of known leaks of a suite, in the form that {@code detect --known} reads too. A thread has the cause
 * {@code left-behind} there, whether or not it is proven that it can never be woken: so an entry does not depend on
 * what a probe could see.
 */
final class SuiteKnown {

    /** Stands where other frames have a class and a method. */
    private static final String STARTED_BY = "started by ";

    /** Whose frames are the outermost ones of every thread, or of every thread of a launcher. */
    private static final List<String> EVERY_THREAD =
            List.of("java.lang.", "jdk.internal.vm.", "jdk.internal.misc.", "org.leaklab.core.");

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
        return isKnown(thread, Cause.LEFT_BEHIND) || (thread.verdict().isProof() && isKnown(thread, Cause.UNREACHABLE));
    }

    private boolean isKnown(LeftThread thread, Cause cause) {
        if (thread.look().firstOwnFrame().isPresent()) {
            return leaks.contains(group(thread, cause, thread.look().stack()));
        }
        LeakPlace place = place(thread, cause);
        return place != null && leaks.places().contains(place);
    }

    /** Whether the thread can be known. */
    static boolean hasPlace(LeftThread thread) {
        return place(thread, Cause.LEFT_BEHIND) != null;
    }

    /**
     * Writes what was known in the file before, and the threads that have a place. Nothing is taken out: a suite may
     * have seen a part of the tests alone.
     *
     * @return how many places the file has now
     */
    static int write(Path file, List<LeftThread> left) throws IOException {
        SuiteKnown before = Files.exists(file) ? new SuiteKnown(leaks(file)) : none();
        KnownLeaks now = before.leaks.and(left.stream()
                .filter(each -> !before.isKnown(each, Cause.LEFT_BEHIND))
                .map(each -> place(each, Cause.LEFT_BEHIND))
                .filter(Objects::nonNull)
                .toList());
        ReplacedFile.write(file, now.text());
        return now.places().size();
    }

    /**
     * Where a thread stands. If no frame is the program's, all idle workers of pools stand at the same place, and a
     * forgotten pool would be known as another one. So then the class whose test started the thread is a part of the
     * place, beside the one frame that says what the thread runs: the others differ between JDKs. Null if that class is
     * not known.
     */
    private static @Nullable LeakPlace place(LeftThread thread, Cause cause) {
        LeakPlace place = LeakPlace.of(group(thread, cause, thread.look().stack()));
        if (thread.look().firstOwnFrame().isPresent()) {
            return place;
        }
        String type = thread.starter().type();
        if (type == null || type.isBlank()) {
            return null;
        }
        List<String> frames = new ArrayList<>();
        runs(thread.look().stack())
                .ifPresent(frame -> frames.addAll(
                        LeakPlace.of(group(thread, cause, List.of(frame))).frames()));
        frames.add(STARTED_BY + Printable.of(type.strip()));
        return new LeakPlace(cause, place.blocker(), frames);
    }

    /** What a thread runs, such as a worker of a pool: the outermost frame that not every thread has. */
    private static Optional<StackTraceElement> runs(List<StackTraceElement> stack) {
        return stack.reversed().stream()
                .filter(frame -> EVERY_THREAD.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst();
    }

    private static LeakedGroup group(LeftThread thread, Cause cause, List<StackTraceElement> stack) {
        return new LeakedGroup(
                1,
                thread.look().kind() == ThreadKind.VIRTUAL,
                cause,
                Findings.Verdict.UNLESS_INTERRUPTED,
                thread.look().waitsOn(),
                List.of(thread.look().name()),
                -1,
                List.of(),
                stack);
    }
}
