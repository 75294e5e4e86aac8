package org.leaklab.junit.suite;

import java.util.List;
import org.leaklab.detect.ThreadSnapshot;

/**
 * A thread that tests left behind.
 *
 * @param look what it did; does not hold the thread
 * @param starter which test started it
 * @param verdict whether it can be woken
 * @param known whether the file of known leaks has it
 */
record LeftThread(ThreadSnapshot look, TestsSeen.Starter starter, Verdict verdict, boolean known) {

    /** Whether a thread can be woken. Only the first two are proof. */
    enum Verdict {
        NEVER("can never be woken: nothing alive can reach what it waits on"),
        UNLESS_INTERRUPTED(
                "can never be woken, unless something interrupts it: nothing alive can reach what it waits on"),
        PERHAPS("perhaps can never be woken: a probe found it unreachable, but cannot prove it"),
        LEFT_BEHIND("was still live; that it can never be woken is not proven");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        boolean isProof() {
            return this == NEVER || this == UNLESS_INTERRUPTED;
        }
    }

    /** The same thread as a probe saw it later. */
    LeftThread seenAgain(ThreadSnapshot later) {
        boolean sameStack = withoutModules(look.stack()).equals(withoutModules(later.stack()));
        ThreadSnapshot now = new ThreadSnapshot(
                look.name(),
                look.threadId(),
                look.kind(),
                later.state(),
                later.waitsOn(),
                look.creator(),
                look.age(),
                sameStack ? look.stack() : later.stack());
        return new LeftThread(now, starter, verdict, known);
    }

    /** A probe does not tell of which modules frames are. */
    private static List<StackTraceElement> withoutModules(List<StackTraceElement> stack) {
        return stack.stream()
                .map(frame -> new StackTraceElement(
                        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber()))
                .toList();
    }

    LeftThread with(Verdict other) {
        return new LeftThread(look, starter, other, known);
    }

    LeftThread asKnown() {
        return new LeftThread(look, starter, verdict, true);
    }
}
