package org.leaklab.junit.suite;

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

    LeftThread with(Verdict other) {
        return new LeftThread(look, starter, other, known);
    }

    LeftThread asKnown() {
        return new LeftThread(look, starter, verdict, true);
    }
}
