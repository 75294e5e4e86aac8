package org.leaklab.agent.probe;

/** This JVM is not probed, and nothing was touched. The message is one sentence, with the way that is left. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final String word;

    Refusal(String sentence) {
        this("refused", sentence);
    }

    private Refusal(String word, String sentence) {
        super(sentence, null, false, false);
        this.word = word;
    }

    /** Another probe is at work: the same JVM can be probed when that one has ended. */
    static Refusal busy(String sentence) {
        return new Refusal("busy", sentence);
    }

    /** The first word of its line in the report. */
    String word() {
        return word;
    }
}
