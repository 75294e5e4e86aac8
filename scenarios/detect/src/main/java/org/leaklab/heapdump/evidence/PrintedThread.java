package org.leaklab.heapdump.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.evidence.PrintedMonitor.Kind;

/**
 * A platform thread in a {@link ThreadPrint}.
 *
 * @param id its {@code Thread.threadId()}
 * @param name its name, with all that is in it; null if the print leaves open where it begins
 * @param daemon whether it is a daemon
 * @param cpu the processor time that it has used, or null if the print does not say it
 * @param nativeState what the JVM says that it does, such as {@code in Object.wait()}; empty for a carrier on JDK 21
 * @param state its state, or null for a carrier of a mounted virtual thread
 * @param frames its stack, the innermost first; for a carrier those of the carrier itself
 * @param carried the {@code threadId()} of the virtual thread that is mounted on it, or 0
 * @param carriedFrames the stack of this virtual thread; empty on JDK 21, which does not print it
 * @param synchronizers what it owns of the locks of {@code java.util.concurrent} that have an owner
 */
public record PrintedThread(
        long id,
        @Nullable String name,
        boolean daemon,
        @Nullable Duration cpu,
        String nativeState,
        Thread.@Nullable State state,
        List<PrintedFrame> frames,
        long carried,
        List<PrintedFrame> carriedFrames,
        List<OwnedLock> synchronizers) {

    /**
     * A lock of {@code java.util.concurrent}.
     *
     * @param address the object, by its address
     * @param type its class
     */
    public record OwnedLock(long address, String type) {}

    /** Returns what the thread waits for, or null if it waits for nothing that the print shows. */
    public @Nullable PrintedMonitor waitsFor() {
        return waitsFor(frames);
    }

    /** Returns what the mounted virtual thread waits for, or null. */
    public @Nullable PrintedMonitor carriedWaitsFor() {
        return waitsFor(carriedFrames);
    }

    /**
     * Returns the addresses of the monitors that the thread owns for sure. A monitor that it has given up by
     * {@code Object.wait} is not among them. If the print does not say which one that is, only a thread that locked a
     * single object has an answer: none.
     */
    public Set<Long> owned() {
        return owned(frames);
    }

    /** Returns the same for the mounted virtual thread. */
    public Set<Long> carriedOwned() {
        return owned(carriedFrames);
    }

    private static @Nullable PrintedMonitor waitsFor(List<PrintedFrame> frames) {
        for (PrintedFrame frame : frames) {
            for (PrintedMonitor monitor : frame.monitors()) {
                if (monitor.kind() != Kind.LOCKED && monitor.kind() != Kind.ELIMINATED) {
                    return monitor;
                }
            }
        }
        return null;
    }

    private static Set<Long> owned(List<PrintedFrame> frames) {
        Set<Long> locked = new HashSet<>();
        List<PrintedMonitor> givenUp = new ArrayList<>();
        for (PrintedFrame frame : frames) {
            for (PrintedMonitor monitor : frame.monitors()) {
                switch (monitor.kind()) {
                    case LOCKED -> locked.add(monitor.address());
                    case WAITING_ON, WAITING_TO_RELOCK -> givenUp.add(monitor);
                    default -> {}
                }
            }
        }
        locked.remove(0L);
        for (PrintedMonitor monitor : givenUp) {
            if (monitor.address() == 0) {
                return Set.of(); // any of them may be the one
            }
            locked.remove(monitor.address());
        }
        return locked;
    }
}
