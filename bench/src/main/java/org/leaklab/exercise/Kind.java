package org.leaklab.exercise;

/** What the learner does. */
public enum Kind {
    /** Changes a program until nothing in it gets stuck. */
    MEND("mend"),
    /** Says which threads will be stuck, before the program is run. */
    PREDICT("predict"),
    /** Finds the thread and the line in a program that runs. */
    FIND("find"),
    /** Writes a test that fails on the class that leaks, and passes on the one that does not. */
    TEST("test");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** The word for it in lists. */
    public String word() {
        return word;
    }
}
