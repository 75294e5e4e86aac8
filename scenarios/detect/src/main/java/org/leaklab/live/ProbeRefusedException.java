package org.leaklab.live;

import java.io.IOException;

/**
 * A JVM is not probed, because that could not tell anything, or could harm it. None of its threads was touched. The
 * message is one sentence that names a way that is left.
 */
public final class ProbeRefusedException extends IOException {

    private static final long serialVersionUID = 1;

    ProbeRefusedException(String sentence) {
        super(sentence);
    }
}
