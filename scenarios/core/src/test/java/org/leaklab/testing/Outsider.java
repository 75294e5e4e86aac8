package org.leaklab.testing;

import org.leaklab.core.Channel;

/** Code outside of the core that calls it: for tests of what the core says of the place that it was called from. */
public final class Outsider {

    private Outsider() {}

    /** Sends on a channel that nobody receives from. */
    public static void sendToNobody() throws InterruptedException {
        Channel.unbuffered().send("lost");
    }
}
