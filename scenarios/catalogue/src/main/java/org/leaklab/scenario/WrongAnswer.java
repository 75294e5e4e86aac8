package org.leaklab.scenario;

import java.util.Objects;

/** A scenario came to a wrong result: the outcome of pitfalls in which nothing gets stuck. */
public final class WrongAnswer extends RuntimeException {

    private WrongAnswer(String message) {
        super(message);
    }

    /**
     * Compares a result with the right one.
     *
     * @throws WrongAnswer if they differ
     */
    public static void unless(Object expected, Object observed) {
        if (!Objects.equals(expected, observed)) {
            throw new WrongAnswer("expected " + expected + ", got " + observed);
        }
    }
}
