package org.leaklab.live;

import java.io.IOException;

/**
 * A JVM is not probed, because that could not tell anything, or could harm it. None of its threads was touched. The
 * message is one sentence that names a way that is left.
 */
public final class ProbeRefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean busy;

    ProbeRefusedException(String sentence) {
        this(sentence, false);
    }

    ProbeRefusedException(String sentence, boolean busy) {
        super(sentence);
        this.busy = busy;
    }

    /** Returns whether another probe was at work in that JVM. When that one has ended, this JVM may be probed. */
    public boolean isBusy() {
        return busy;
    }
}
