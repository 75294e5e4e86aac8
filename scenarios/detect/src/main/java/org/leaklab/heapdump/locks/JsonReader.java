package org.leaklab.heapdump.locks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.leaklab.heapdump.evidence.JsonThreadDump;
import org.leaklab.heapdump.evidence.JsonThreadDump.DumpedThread;

/**
 * Reads a JSON thread dump of JDK 25 or later: threads of both kinds. The JVM writes one thread after the other while
 * they run on, so two threads are seen at two moments. Objects are told apart by class and identity hash code.
 */
public final class JsonReader {

    private static final String LIMITS =
            "A JSON thread dump shows no class that a thread waits for, and not what threads can reach."
                    + " There may be more: take a heap dump.";
    private static final String RUNNING = "The JVM ran on while it wrote this dump, so nothing in it is proof.";

    /** Stands for several owners of what has the same text. */
    private static final long SEVERAL = -1;

    private final Map<String, Long> owners = new HashMap<>();
    private final JsonThreadDump dump;

    private JsonReader(JsonThreadDump dump) {
        this.dump = dump;
    }

    /** Reads the threads. */
    public static SeenThreads read(JsonThreadDump dump) {
        return new JsonReader(dump).read();
    }

    private SeenThreads read() {
        for (DumpedThread thread : dump.threads()) {
            thread.owned().forEach(object -> owners.merge(object, thread.id(), (one, other) -> SEVERAL));
        }
        List<SeenThread> threads = new ArrayList<>();
        for (DumpedThread thread : dump.threads()) {
            threads.add(new SeenThread(
                    thread.id(),
                    thread.name(),
                    isVirtual(thread),
                    thread.state(),
                    thread.carrier() == null ? 0 : thread.carrier(),
                    wait(thread),
                    thread.stack()));
        }
        return new SeenThreads(List.copyOf(threads), false, List.of(RUNNING, LIMITS));
    }

    private static boolean isVirtual(DumpedThread thread) {
        return thread.virtual() != null
                ? thread.virtual()
                : !thread.stack().isEmpty()
                        && thread.stack().getLast().getClassName().equals("java.lang.VirtualThread");
    }

    private SeenWait wait(DumpedThread thread) {
        if (thread.state() != Thread.State.WAITING && thread.state() != Thread.State.BLOCKED) {
            return new SeenWait.GoesOn();
        }
        if (thread.blockedOn() != null) {
            Long owner = owners.get(thread.blockedOn());
            return owner == null || owner == SEVERAL
                    ? new SeenWait.OwnerUnseen(
                            type(thread.blockedOn()), "the dump does not show which thread has the monitor", false)
                    : new SeenWait.Owned(type(thread.blockedOn()), owner, false, false);
        }
        if (thread.parkBlocker() != null && thread.parkOwner() != null) {
            return new SeenWait.Owned(
                    type(thread.parkBlocker()), thread.parkOwner(), Frames.interruptible(thread.stack()), false);
        }
        String waitsFor = thread.waitsFor();
        return new SeenWait.Unowned(waitsFor == null ? null : type(waitsFor));
    }

    /** Without the identity hash code, which would make each object a kind of its own. */
    private static String type(String object) {
        int at = object.lastIndexOf('@');
        return at <= 0 ? object : object.substring(0, at);
    }
}
