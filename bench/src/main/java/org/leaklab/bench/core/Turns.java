package org.leaklab.bench.core;

import java.util.ArrayList;
import java.util.List;

/** Threads that take turns; the sum of a round is the number of turns that were taken as they should be. */
final class Turns {

    /** Turns a round, over all threads. */
    static final int TURNS = 10_000;

    private Turns() {}

    /** Two threads of which each waits for the other; a turn is one opening and one passing of a turnstile. */
    static List<Crew.Part> through(Turnstile there, Turnstile back) {
        return List.of(
                () -> {
                    for (int i = 0; i < TURNS / 2; i++) {
                        there.open();
                        back.pass();
                    }
                    return TURNS / 2;
                },
                () -> {
                    for (int i = 0; i < TURNS / 2; i++) {
                        there.pass();
                        back.open();
                    }
                    return TURNS / 2;
                });
    }

    /** What {@link #inside} does but for the exclusion: one thread yields once a turn, and nobody else wants in. */
    static List<Crew.Part> alone() {
        return List.of(() -> {
            for (int i = 0; i < TURNS; i++) {
                yieldOnce();
            }
            return TURNS;
        });
    }

    /** Lets others run; a thread that is interrupted goes on no more. */
    static void yieldOnce() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Thread.yield();
    }

    /** Four threads want in; who is in yields the processor once, so that others come to wait. */
    static List<Crew.Part> inside(Exclusion exclusion) {
        int threads = 4;
        long[] shared = {0};
        List<Crew.Part> parts = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            parts.add(() -> {
                long undisturbed = 0;
                for (int i = 0; i < TURNS / threads; i++) {
                    exclusion.enter();
                    try {
                        long seen = ++shared[0];
                        yieldOnce();
                        if (shared[0] == seen) {
                            undisturbed++;
                        }
                    } finally {
                        exclusion.leave();
                    }
                }
                return undisturbed;
            });
        }
        return parts;
    }
}
