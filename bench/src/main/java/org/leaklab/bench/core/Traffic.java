package org.leaklab.bench.core;

import java.util.ArrayList;
import java.util.List;

/** Rounds of values through pipes; the sum of a round is the number of values that came through. */
final class Traffic {

    /** Values a round, over all senders. */
    static final int ITEMS = 10_000;

    private static final Integer VALUE = 1;

    private Traffic() {}

    /** So many senders and as many receivers share one pipe. */
    static List<Crew.Part> through(Pipe pipe, int pairs) {
        int share = ITEMS / pairs;
        List<Crew.Part> parts = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            parts.add(() -> {
                for (int i = 0; i < share; i++) {
                    pipe.send(VALUE);
                }
                return 0;
            });
            parts.add(() -> {
                long sum = 0;
                for (int i = 0; i < share; i++) {
                    sum += pipe.receive();
                }
                return sum;
            });
        }
        return parts;
    }

    /** One thread sends each value there, the other sends it back. */
    static List<Crew.Part> thereAndBack(Pipe there, Pipe back) {
        return List.of(
                () -> {
                    long sum = 0;
                    for (int i = 0; i < ITEMS; i++) {
                        there.send(VALUE);
                        sum += back.receive();
                    }
                    return sum;
                },
                () -> {
                    for (int i = 0; i < ITEMS; i++) {
                        back.send(there.receive());
                    }
                    return 0;
                });
    }

    /** A sender at each of the doors of a junction, and one receiver. */
    static List<Crew.Part> into(Junction junction, int doors) {
        int share = ITEMS / doors;
        List<Crew.Part> parts = new ArrayList<>();
        for (int door = 0; door < doors; door++) {
            int own = door;
            parts.add(() -> {
                for (int i = 0; i < share; i++) {
                    junction.send(own, VALUE);
                }
                return 0;
            });
        }
        parts.add(() -> {
            long sum = 0;
            for (int i = 0; i < doors * share; i++) {
                sum += junction.receive();
            }
            return sum;
        });
        return parts;
    }
}
