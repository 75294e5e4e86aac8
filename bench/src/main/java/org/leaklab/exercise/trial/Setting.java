package org.leaklab.exercise.trial;

import java.nio.file.Path;
import org.leaklab.core.ThreadKind;

/**
 * What one trial runs.
 *
 * @param kind the kind of thread that runs the work, and that the factory makes which the work gets
 * @param carriers how many carriers virtual threads have
 * @param mode what is run
 * @param rounds how often at least; the first round is without delays
 * @param cancels in how many further rounds the work is interrupted on its way
 * @param threads how many threads the work must start by the factory in a round
 * @param seed the delays follow from it
 * @param scale how many times as long everything may take as on a machine that is idle
 */
public record Setting(
        ThreadKind kind, int carriers, Mode mode, int rounds, int cancels, int threads, long seed, double scale) {

    /** What a round runs. */
    public enum Mode {
        /** The method {@code round} of the check: the work must be right, end, and leave nothing. */
        ROUND,
        /** The method {@code round}, once and without delays, to see how it ends. */
        LOOK,
        /** The method {@code fixed}, which must not fail, then {@code leaky}, which must. */
        TEST
    }

    /** The words that the child's command line has for it. */
    public String[] words() {
        return new String[] {
            kind.name(),
            Integer.toString(carriers),
            mode.name(),
            Integer.toString(rounds),
            Integer.toString(cancels),
            Integer.toString(threads),
            Long.toString(seed),
            Double.toString(scale)
        };
    }

    static Setting of(String[] words) {
        return new Setting(
                ThreadKind.valueOf(words[0]),
                Integer.parseInt(words[1]),
                Mode.valueOf(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                Integer.parseInt(words[5]),
                Long.parseLong(words[6]),
                Double.parseDouble(words[7]));
    }

    /** Where a child finds the classes. */
    static Path classes(Path folder) {
        return folder.resolve("classes");
    }

    /** A number that depends on all bits of two others. */
    static long mix(long seed, long more) {
        long z = seed + 0x9E3779B97F4A7C15L * (more + 1);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
