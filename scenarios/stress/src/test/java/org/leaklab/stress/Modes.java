package org.leaklab.stress;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/** How hard Lincheck looks; {@code -Dleaklab.lincheck.scenarios=100 -Dleaklab.lincheck.schedules=2000} looks harder. */
final class Modes {

    static final int SCHEDULES = Integer.getInteger("leaklab.lincheck.schedules", 50);
    private static final int SCENARIOS = Integer.getInteger("leaklab.lincheck.scenarios", 5);

    private Modes() {}

    /** One thread at a time, switched at every point where another could tell the difference. */
    static void modelCheck(Class<?> operations, Class<?> specification) {
        small(new ModelCheckingOptions(), specification).check(operations);
    }

    /** Threads that run freely. */
    static void stress(Class<?> operations, Class<?> specification) {
        small(new StressOptions(), specification).check(operations);
    }

    private static Options<?, ?> small(Options<?, ?> options, Class<?> specification) {
        options.iterations(SCENARIOS);
        options.invocationsPerIteration(SCHEDULES);
        options.threads(2);
        options.actorsPerThread(3);
        options.actorsBefore(0);
        options.actorsAfter(0);
        options.sequentialSpecification(specification);
        return options;
    }
}
