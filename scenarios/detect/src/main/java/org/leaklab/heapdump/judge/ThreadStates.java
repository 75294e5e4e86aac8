package org.leaklab.heapdump.judge;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.DumpClass;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;

/**
 * What a thread's fields say of its state. The numbers of a virtual thread's states differ between JDKs, and stand in
 * the dump as constants of {@code VirtualThread}; those of a platform thread are JVM TI's.
 */
final class ThreadStates {

    private static final int TERMINATED = 0x2;
    private static final int RUNNABLE = 0x4;
    private static final int WITHOUT_LIMIT = 0x10;
    private static final int TIMED = 0x20;
    private static final int IN_OBJECT_WAIT = 0x100;
    private static final int BLOCKED = 0x400;
    private static final int SUSPENDED_BIT = 0x100;
    private static final String RUNNING = "RUNNING";

    /** The word for what waits as its carrier does; the JDK has none. */
    static final String MOUNTED = "MOUNTED";

    /** Of the constants of {@code VirtualThread} those that are states; JDK 21 has another one that is 0, as NEW is. */
    private static final Set<String> WORDS = Set.of(
            "NEW",
            "STARTED",
            "RUNNABLE",
            RUNNING,
            "PARKING",
            "PARKED",
            "PINNED",
            "TIMED_PARKING",
            "TIMED_PARKED",
            "TIMED_PINNED",
            "UNPARKED",
            "YIELDING",
            "YIELDED",
            "BLOCKING",
            "BLOCKED",
            "UNBLOCKED",
            "WAITING",
            "WAIT",
            "TIMED_WAITING",
            "TIMED_WAIT",
            "TERMINATED");

    private final Fields fields;
    private final Map<Integer, String> virtual = new HashMap<>();

    /** A state: as {@link Thread} has it, the word of the JDK for it, and whether it lasts without limit. */
    record State(Thread.State state, String word, boolean lasts) {}

    ThreadStates(Heap heap) {
        this.fields = new Fields(heap);
        DumpClass type = heap.classByName("java.lang.VirtualThread");
        if (type != null) {
            fields.staticNumbers(type).forEach((name, number) -> {
                if (WORDS.contains(name)) {
                    virtual.putIfAbsent(number, name);
                }
            });
        }
    }

    /** The state of a thread object, or null if it does not say. */
    @Nullable
    State of(int thread, boolean isVirtual) {
        int own = isVirtual ? fields.number(thread, "state", -1) : -1;
        return own < 0 // also a virtual thread that the JVM runs as a platform thread, without continuations
                ? ofPlatform(thread)
                : ofMounted(thread, ofVirtual(own));
    }

    /**
     * A virtual thread that cannot leave its carrier waits for a monitor, or in {@code Object.wait}, as its carrier
     * does. Its own state says that it runs; see {@code VirtualThread.threadState}. What its carrier parks on is its
     * carrier's affair.
     */
    private @Nullable State ofMounted(int thread, @Nullable State own) {
        int carrier = own == null || !own.word().equals(RUNNING) ? -1 : fields.reference(thread, "carrierThread");
        int status = carrier < 0 ? -1 : status(carrier);
        if (own == null || status < 0 || (status & (BLOCKED | IN_OBJECT_WAIT)) == 0) {
            return own;
        }
        State carriers = ofPlatform(carrier);
        return carriers == null ? own : new State(carriers.state(), MOUNTED, carriers.lasts());
    }

    private int status(int platform) {
        int holder = fields.reference(platform, "holder");
        return fields.number(holder < 0 ? platform : holder, "threadStatus", -1);
    }

    private @Nullable State ofVirtual(int number) {
        if (number < 0) {
            return null;
        }
        String word = virtual.get(number & ~SUSPENDED_BIT);
        if (word == null) {
            return null;
        }
        return switch (word) {
            case "NEW" -> new State(Thread.State.NEW, word, false);
            case "TERMINATED" -> new State(Thread.State.TERMINATED, word, false);
            case "PARKED", "PINNED", "WAIT" -> new State(Thread.State.WAITING, word, true);
            case "BLOCKED" -> new State(Thread.State.BLOCKED, word, true);
            case "PARKING", "WAITING" -> new State(Thread.State.WAITING, word, false);
            case "BLOCKING" -> new State(Thread.State.BLOCKED, word, false);
            case "TIMED_PARKING", "TIMED_PARKED", "TIMED_PINNED", "TIMED_WAITING", "TIMED_WAIT" ->
                new State(Thread.State.TIMED_WAITING, word, false);
            default -> new State(Thread.State.RUNNABLE, word, false);
        };
    }

    private @Nullable State ofPlatform(int thread) {
        int status = status(thread);
        if (status < 0) {
            return null;
        }
        if (status == 0) {
            return new State(Thread.State.NEW, "NEW", false);
        }
        if ((status & TERMINATED) != 0) {
            return new State(Thread.State.TERMINATED, "TERMINATED", false);
        }
        if ((status & RUNNABLE) != 0) {
            return new State(Thread.State.RUNNABLE, "RUNNABLE", false);
        }
        if ((status & BLOCKED) != 0) {
            return new State(Thread.State.BLOCKED, "BLOCKED", true);
        }
        if ((status & WITHOUT_LIMIT) != 0) {
            return new State(Thread.State.WAITING, "WAITING", true);
        }
        return (status & TIMED) != 0 ? new State(Thread.State.TIMED_WAITING, "TIMED_WAITING", false) : null;
    }
}
