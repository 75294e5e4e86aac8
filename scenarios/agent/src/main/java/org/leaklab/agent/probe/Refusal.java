package org.leaklab.agent.probe;

/** This JVM is not probed, and nothing was touched. The message is one sentence, with the way that is left. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    Refusal(String sentence) {
        super(sentence, null, false, false);
    }
}
