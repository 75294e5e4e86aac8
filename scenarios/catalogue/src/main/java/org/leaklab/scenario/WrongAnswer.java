package org.leaklab.scenario;

import java.util.Objects;

/** A scenario came to a wrong result. Some pitfalls have this outcome and leave no thread stuck. */
public final class WrongAnswer extends RuntimeException {

    private WrongAnswer(String message) {
        super(message);
    }

    /**
     * Compares a result with the right one.
     *
     * @param expected the right result
     * @param observed the result of the scenario
     * @throws WrongAnswer if the two are not equal
     */
    public static void unless(Object expected, Object observed) {
        if (!Objects.equals(expected, observed)) {
            throw new WrongAnswer("expected " + expected + ", got " + observed);
        }
    }
}
