package org.leaklab.scenario;

import java.util.Locale;

/** The language that a scenario is written in. A leak has a form in one idiom or in both, under the same id. */
public enum Idiom {
    /** The channels, contexts and locks of leaklab's core, as a Go programmer would write them. */
    CHANNEL,
    /**
     * What a Java programmer types: {@code java.util.concurrent}, {@code synchronized}, sockets, processes. Of leaklab
     * it uses only what starts the threads.
     */
    JDK;

    /** The word for it on the command line and in results: {@code channel} or {@code jdk}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
