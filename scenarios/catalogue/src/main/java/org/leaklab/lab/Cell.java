package org.leaklab.lab;

import java.util.Arrays;
import java.util.Locale;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;

/**
 * One scenario in one form on one kind of thread, run so many times on one launcher.
 *
 * @param count how many times its body is run, at least once
 */
public record Cell(Scenario scenario, Variant variant, ThreadKind kind, int count) {

    /** Checks the count. */
    public Cell {
        if (count < 1) {
            throw new IllegalArgumentException("a cell is run at least once, not " + count + " times");
        }
    }

    /** How many threads it is expected to leave stuck on a JDK of this feature release. */
    public int expectedStuck(int feature) {
        if (variant == Variant.FIXED) {
            return 0;
        }
        Leak leak = scenario.leak();
        int once = Arrays.stream(leak.differs())
                .filter(d -> d.from() <= feature
                        && feature <= d.to()
                        && Arrays.asList(d.threads()).contains(kind))
                .mapToInt(Leak.Differs::stuck)
                .findFirst()
                .orElse(leak.stuck());
        return Math.multiplyExact(once, count);
    }

    /** Whether it is expected to come to a wrong answer. */
    public boolean expectsWrongAnswer() {
        return variant == Variant.LEAKY && scenario.leak().wrongAnswer();
    }

    /** The word for its kind of thread on the command line and in results. */
    public String threads() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return scenario.leak().id() + " " + variant.word() + " " + threads() + (count == 1 ? "" : " x" + count);
    }
}
