package org.leaklab.lab;

import java.util.Arrays;
import java.util.Locale;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;

/**
 * One scenario in one form on one kind of thread.
 *
 * @param count how many times the form is run on the same {@link org.leaklab.scenario.Threads}, at least 1
 */
public record Cell(Scenario scenario, Variant variant, ThreadKind kind, int count) {

    /**
     * Checks the count.
     *
     * @throws IllegalArgumentException if the count is less than 1
     */
    public Cell {
        if (count < 1) {
            throw new IllegalArgumentException("a cell is run at least once, not " + count + " times");
        }
    }

    /**
     * How many threads the cell should leave stuck.
     *
     * @param feature feature release of the JDK, such as 25
     */
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

    /** Whether the cell needs a JVM of its own: for its options, or because nothing else ends its threads. */
    public boolean needsOwnJvm() {
        return needsOwnJvm(scenario.leak());
    }

    /** Whether the cells of such a leak need a JVM of their own. */
    public static boolean needsOwnJvm(Leak leak) {
        return leak.ownJvm().length > 0 || leak.endedBy() == EndedBy.JVM;
    }

    /** Whether the cell's threads stay stuck until their JVM ends. */
    boolean endsWithItsJvm() {
        return variant == Variant.LEAKY && scenario.leak().endedBy() == EndedBy.JVM;
    }

    /** Whether the cell should come to a wrong answer. */
    public boolean expectsWrongAnswer() {
        return variant == Variant.LEAKY && scenario.leak().wrongAnswer();
    }

    /** The word for its kind of thread on the command line and in results: {@code platform} or {@code virtual}. */
    public String threads() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The id of its scenario, with {@code /jdk} behind it in that idiom. */
    public String name() {
        Leak leak = scenario.leak();
        return leak.id() + (leak.idiom() == Idiom.JDK ? "/" + leak.idiom().word() : "");
    }

    @Override
    public String toString() {
        return name() + " " + variant.word() + " " + threads() + (count == 1 ? "" : " x" + count);
    }
}
