package org.leaklab.bench.collector;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.leaklab.bench.memory.StuckOn;
import org.leaklab.bench.memory.StuckThreads;
import org.leaklab.core.ThreadKind;

/** Stuck threads that something else is measured beside, from a word: {@code none} or {@code 10000-virtual}. */
public final class Beside {

    private static final Pattern WORD = Pattern.compile("(\\d+)-(platform|virtual)");
    private static final int DEPTH = 20;
    private static final int PAYLOAD = 1024;

    private Beside() {}

    /**
     * Gets them stuck: each on a channel of its own, twenty calls deep, with a kilobyte in its hands. Closing the
     * answer frees them.
     */
    public static AutoCloseable of(String word) throws InterruptedException {
        if (word.equals("none")) {
            return () -> {};
        }
        Matcher parts = WORD.matcher(word);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "\"" + word + "\" says no number of stuck threads: none, or as in 10000-virtual, 1000-platform");
        }
        ThreadKind kind = ThreadKind.valueOf(parts.group(2).toUpperCase(Locale.ROOT));
        StuckThreads.warmUp(StuckOn.CHANNEL, kind, DEPTH, PAYLOAD);
        StuckThreads population = new StuckThreads(StuckOn.CHANNEL, kind, DEPTH, PAYLOAD);
        boolean stuck = false;
        try {
            population.add(Integer.parseInt(parts.group(1)));
            stuck = true;
            return population;
        } finally {
            if (!stuck) {
                population.close();
            }
        }
    }
}
