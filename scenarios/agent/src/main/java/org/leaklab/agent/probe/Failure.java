package org.leaklab.agent.probe;

/** Ends the thread of a probe in a test, without giving it the time to clear up. */
final class Failure extends Error {

    private static final long serialVersionUID = 1;

    private Failure(String place) {
        super("told to fail after " + place, null, false, false);
    }

    /**
     * Fails if that is wanted here.
     *
     * @param wanted {@code end after PLACE} or {@code no memory after PLACE}; any other text for nothing
     */
    static void at(String place, String wanted) {
        if (wanted.equals("end after " + place)) {
            throw new Failure(place);
        }
        if (wanted.equals("no memory after " + place)) {
            throw new OutOfMemoryError("told to fail after " + place);
        }
    }
}
