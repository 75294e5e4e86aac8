package org.leaklab.scenario;

import org.leaklab.core.Launcher;

/**
 * One way in which threads get stuck for ever, and its cure, side by side. The outcome that is expected is on the
 * class, in {@link Leak}.
 *
 * <p>Both forms have the same shape. Each starts its threads through the launcher it is given, and returns: what gets
 * stuck are the threads it started, never its caller. It may be run several times on one launcher. Implementations have
 * no state and a public constructor without parameters.
 */
public interface Scenario {

    /** Goes wrong: leaves threads behind, or throws {@link WrongAnswer}. */
    void leaky(Launcher threads) throws Exception;

    /** Does the same work and leaves nothing behind. */
    void fixed(Launcher threads) throws Exception;

    /** The expected outcome of this scenario. */
    default Leak leak() {
        Leak leak = getClass().getAnnotation(Leak.class);
        if (leak == null) {
            throw new IllegalStateException(getClass().getName() + " has no @Leak: say what is expected of it");
        }
        return leak;
    }
}
