package org.leaklab.scenario;

/**
 * One way in which threads get stuck for ever, and its cure, side by side. The outcome that is expected is on the
 * class, in {@link Leak}.
 *
 * <p>Both forms have the same shape. Each starts its threads through the {@link Threads} it is given, and returns: what
 * gets stuck are the threads it started, never its caller. It may be run several times on the same threads.
 * Implementations have no state and a public constructor without parameters.
 */
public interface Scenario {

    /** Goes wrong: leaves threads behind, or throws {@link WrongAnswer}. */
    void leaky(Threads threads) throws Exception;

    /** Does the same work and leaves nothing behind. */
    void fixed(Threads threads) throws Exception;

    /** The expected outcome of this scenario. */
    default Leak leak() {
        Leak leak = getClass().getAnnotation(Leak.class);
        if (leak == null) {
            throw new IllegalStateException(getClass().getName() + " has no @Leak: say what is expected of it");
        }
        return leak;
    }
}
