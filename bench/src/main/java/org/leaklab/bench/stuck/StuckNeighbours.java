package org.leaklab.bench.stuck;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.leaklab.bench.Words;
import org.leaklab.core.ThreadKind;

/** Stuck threads that something else is measured beside, from a word: {@code none} or {@code 10000-virtual}. */
public final class StuckNeighbours {

    private static final Pattern WORD = Pattern.compile("(\\d+)-(platform|virtual)");
    private static final int DEPTH = 20;
    private static final int PAYLOAD = 1024;

    /** What they are, for those who read what is measured beside them. */
    public static final String ABOUT = "threads " + DEPTH + " calls deep that hold " + PAYLOAD / 1024 + " KB each";

    private StuckNeighbours() {}

    /**
     * Gets threads of both kinds stuck and frees them, until the code that they run is compiled. What is measured
     * beside none needs that as well as what is measured beside many, or they differ in more than the threads.
     */
    public static void warmUp() throws InterruptedException {
        for (ThreadKind kind : ThreadKind.values()) {
            StuckThreads.warmUp(StuckOn.CHANNEL, kind, DEPTH, PAYLOAD);
        }
    }

    /**
     * Gets them stuck: each on a channel of its own, twenty calls deep, with a kilobyte in its hands. Closing the
     * answer sees that all of them are still stuck, and frees them. Call {@link #warmUp} before.
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
        StuckThreads population =
                new StuckThreads(StuckOn.CHANNEL, Words.constant(ThreadKind.class, parts.group(2)), DEPTH, PAYLOAD);
        int count = Integer.parseInt(parts.group(1));
        boolean stuck = false;
        try {
            population.add(count);
            stuck = true;
            return () -> {
                try (population) {
                    population.check(count);
                }
            };
        } finally {
            if (!stuck) {
                population.close();
            }
        }
    }
}
