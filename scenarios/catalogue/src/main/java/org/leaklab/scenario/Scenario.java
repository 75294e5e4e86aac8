package org.leaklab.scenario;

/**
 * One way in which threads get stuck, and its cure, side by side. The {@link Leak} annotation of the class holds the
 * expected outcome.
 *
 * <p>Both forms have the same shape. Each starts its threads through the {@link Threads} that it gets, and then
 * returns. Only the started threads get stuck, never the caller. A form may be run several times on the same
 * {@link Threads}.
 *
 * <p>An implementation has no state, and a public constructor without parameters.
 */
public interface Scenario {

    /**
     * Goes wrong: leaves threads stuck, or throws {@link WrongAnswer}, or both.
     *
     * @throws Exception if something else goes wrong; the lab reports it
     */
    void leaky(Threads threads) throws Exception;

    /**
     * Does the same work and leaves no thread behind.
     *
     * @throws Exception if something goes wrong; the lab reports it
     */
    void fixed(Threads threads) throws Exception;

    /**
     * The expected outcome of this scenario.
     *
     * @throws IllegalStateException if the class has no {@link Leak} annotation
     */
    default Leak leak() {
        Leak leak = getClass().getAnnotation(Leak.class);
        if (leak == null) {
            throw new IllegalStateException(
                    getClass().getName() + " has no @Leak annotation: add one with the expected outcome");
        }
        return leak;
    }
}
