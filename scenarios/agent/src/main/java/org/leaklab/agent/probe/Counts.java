package org.leaklab.agent.probe;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What became of the threads of each kind of set. Safe for use by several threads. */
final class Counts {

    /** What is counted; a thread is counted once as seen and at most once as each of the others. */
    enum What {
        SETS,
        SEEN,
        ARMED,
        KEPT,
        FOUND,
        ENDED,
        OTHER_HANDLER
    }

    private final Map<Kind, Map<What, AtomicLong>> counts = new EnumMap<>(Kind.class);

    Counts() {
        for (Kind kind : Kind.values()) {
            Map<What, AtomicLong> ofKind = new EnumMap<>(What.class);
            for (What what : What.values()) {
                ofKind.put(what, new AtomicLong());
            }
            counts.put(kind, ofKind);
        }
    }

    void add(Kind kind, What what) {
        add(kind, what, 1);
    }

    void add(Kind kind, What what, int count) {
        counts.get(kind).get(what).addAndGet(count);
    }

    long get(Kind kind, What what) {
        return counts.get(kind).get(what).get();
    }

    long sum(What what) {
        long sum = 0;
        for (Kind kind : Kind.values()) {
            sum += get(kind, what);
        }
        return sum;
    }

    /** A thread that something reached is back. */
    void restored(Kind kind, Return how) {
        add(
                kind,
                switch (how) {
                    case WHOLE -> What.KEPT;
                    case OTHER_HANDLER -> What.OTHER_HANDLER;
                    case ENDED -> What.ENDED;
                });
    }

    /** A thread that nothing reached is back. */
    void revived(Kind kind, Return how) {
        add(
                kind,
                switch (how) {
                    case WHOLE -> What.FOUND;
                    case OTHER_HANDLER -> What.OTHER_HANDLER;
                    case ENDED -> What.ENDED;
                });
    }
}
