package org.leaklab.agent.probe;

/** Ends the thread of a probe in a test, without giving it the time to clear up. */
final class Failure extends Error {

    private static final long serialVersionUID = 1;
    private static final long PAUSE_MILLIS = 1000;
    private static final String AT_SIGN = "end at sign ";

    private Failure(String place) {
        super("told to fail after " + place, null, false, false);
    }

    /** The sign of life at which a probe is wanted to end: of {@code end at sign N}. */
    static long sign(String wanted) {
        return wanted.startsWith(AT_SIGN) ? Long.parseLong(wanted.substring(AT_SIGN.length())) : Long.MAX_VALUE;
    }

    /**
     * Says with how many signs of life a probe gets to its end, if that is wanted.
     *
     * @throws Refusal then
     */
    static void tell(long signs, String wanted) throws Refusal {
        if (wanted.equals("count signs")) {
            throw new Refusal(Long.toString(signs));
        }
    }

    /** Waits a second if that is wanted here: what the program does meanwhile, the probe has to see. */
    static void pause(String place, String wanted) throws InterruptedException {
        if (wanted.equals("pause after " + place)) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Fails. */
    static void here() {
        throw new Failure("a sign of life");
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
