package org.leaklab.heapdump;

/** How surely a thread can never be woken. */
public enum Verdict {
    /** Nothing alive can reach what it waits on, nor the thread. */
    CERTAIN("certain"),
    /**
     * Nothing alive can reach what it waits on, but somebody holds the thread and could interrupt it, or holds another
     * one that would then go on and could wake it.
     */
    UNLESS_INTERRUPTED("unless-interrupted");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
