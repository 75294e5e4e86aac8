package org.leaklab.heapdump.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.evidence.PrintedFrame;
import org.leaklab.heapdump.evidence.PrintedMonitor;
import org.leaklab.heapdump.evidence.PrintedMonitor.Kind;
import org.leaklab.heapdump.evidence.PrintedThread;
import org.leaklab.heapdump.evidence.ThreadPrint;
import org.leaklab.heapdump.graph.Fields;
import org.leaklab.heapdump.graph.Heap;

/**
 * What a thread print says of the threads of a dump: platform threads, and virtual ones that are mounted. The print was
 * taken right after the dump. A thread whose stack differs has gone on in between, and nothing else of it is believed.
 *
 * <p>Addresses in the print are the identifiers of the dump, unless the collector has moved objects in between. The
 * blockers of parked threads show that: the dump and the print both have them. Where one differs, or the class of a
 * monitor does not fit, an address is believed only if the stack in the dump shows that very object.
 */
final class PrintedThreads implements MonitorEvidence {

    private final Heap heap;
    private final DumpThreads threads;

    /** Threads of the print by identifier. */
    private final Map<Long, Printed> printed = new HashMap<>();

    private final Set<DumpThread> moved = new HashSet<>();
    private final Map<Integer, DumpThread> owners = new HashMap<>();
    private boolean sameAddresses;

    /** One thread; of a mounted one only its own frames. */
    private record Printed(
            PrintedThread thread,
            List<PrintedFrame> frames,
            @Nullable PrintedMonitor waitsFor,
            Set<Long> owned) {}

    PrintedThreads(Heap heap, DumpThreads threads, ThreadPrint print) {
        this.heap = heap;
        this.threads = threads;
        for (PrintedThread thread : print.threads()) {
            printed.put(thread.id(), new Printed(thread, thread.frames(), thread.waitsFor(), thread.owned()));
            if (thread.carried() != 0 && !thread.carriedFrames().isEmpty()) {
                printed.put(
                        thread.carried(),
                        new Printed(thread, thread.carriedFrames(), thread.carriedWaitsFor(), thread.carriedOwned()));
            }
        }
        findMoved(print);
        sameAddresses = haveTheSameAddresses();
        for (DumpThread thread : threads.all()) {
            Printed at = printed.get(thread.id);
            for (long address : at == null ? Set.<Long>of() : at.owned()) {
                int object = heap.find(address);
                if (object >= 0 && (sameAddresses || shows(thread, object))) {
                    owners.put(object, thread);
                }
            }
        }
        print.said().monitors().forEach(this::believe);
    }

    /** Takes over an owner that the JVM names in a deadlock, which no frame shows. */
    private void believe(long address, long id) {
        int object = sameAddresses ? heap.find(address) : -1;
        for (DumpThread thread : threads.all()) {
            if (object >= 0 && thread.id == id && still(thread) != null) {
                owners.putIfAbsent(object, thread);
            }
        }
    }

    private void findMoved(ThreadPrint print) {
        for (DumpThread thread : threads.all()) {
            Printed at = printed.get(thread.id);
            boolean ended = at == null && print.isWhole() && !thread.virtual && thread.id > 0;
            boolean differs = at != null
                    && !thread.stack.isEmpty()
                    && !at.frames().isEmpty()
                    && !SameStack.inPrint(thread.stack, at.frames());
            if (thread.waits && (ended || differs)) {
                moved.add(thread);
            }
        }
    }

    /** The threads that waited in the dump, and did something else when the print was taken. */
    Set<DumpThread> moved() {
        return moved;
    }

    /** By monitor, the thread that owned it when the print was taken. */
    Map<Integer, DumpThread> owners() {
        return owners;
    }

    /** Whether the print has a thread, with its frames. */
    boolean has(DumpThread thread) {
        Printed at = printed.get(thread.id);
        return at != null && !at.frames().isEmpty();
    }

    /** What the print says of a thread that has the stack of the dump still, or null. */
    private @Nullable Printed still(DumpThread thread) {
        Printed at = printed.get(thread.id);
        return at != null && SameStack.inPrint(thread.stack, at.frames()) ? at : null;
    }

    private boolean haveTheSameAddresses() {
        Fields fields = new Fields(heap);
        int agree = 0;
        for (DumpThread thread : threads.all()) {
            Printed at = thread.waits ? still(thread) : null;
            for (PrintedFrame frame : at == null ? List.<PrintedFrame>of() : at.frames()) {
                for (PrintedMonitor monitor : frame.monitors()) {
                    if (monitor.address() == 0) {
                        continue;
                    }
                    int object = heap.find(monitor.address());
                    boolean parks = monitor.kind() == Kind.PARKING;
                    if (parks ? object != fields.reference(thread.object, "parkBlocker") : !fits(object, monitor)) {
                        return false;
                    }
                    agree++;
                }
            }
        }
        return agree > 0;
    }

    private boolean shows(DumpThread thread, int object) {
        for (int i = threads.from(thread); i < threads.to(thread); i++) {
            if (threads.held(i) == object) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(int object, PrintedMonitor monitor) {
        String type = monitor.type();
        if (object < 0 || type == null) {
            return object >= 0;
        }
        String actual = (heap.isClass(object) ? "java.lang.Class for " : "") + heap.typeName(object);
        return SameStack.plain(actual).equals(SameStack.plain(type));
    }

    @Override
    public @Nullable Claim claim(DumpThread thread) {
        Printed at = still(thread);
        PrintedMonitor wanted = at == null ? null : at.waitsFor();
        if (wanted == null || wanted.kind() == Kind.PARKING || wanted.kind() == Kind.CLASS_INITIALIZATION) {
            return null;
        }
        int object = wanted.address() == 0 ? -1 : heap.find(wanted.address());
        boolean believed = object >= 0 && fits(object, wanted) && (sameAddresses || shows(thread, object));
        return believed ? new Claim(object, owners.get(object)) : null;
    }

    /** The name of the class whose initialization a thread waits for, or null. */
    @Nullable
    String initialization(DumpThread thread) {
        Printed at = still(thread);
        PrintedMonitor wanted = at == null ? null : at.waitsFor();
        return wanted != null && wanted.kind() == Kind.CLASS_INITIALIZATION ? wanted.type() : null;
    }
}
