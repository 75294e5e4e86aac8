package org.leaklab.core;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.core.wait.Nanos;

/** How the threads of a launcher that is shut down are brought to their end: by interrupts, again and again. */
final class Shutdown {

    private static final System.Logger LOG = System.getLogger(Launcher.class.getName());

    private static final Duration UNTIL_TOLD = Duration.ofSeconds(10);
    private static final long BETWEEN_INTERRUPTS_NANOS = 50_000_000;
    private static final int SHOWN = 10;

    /** For how long after its patience it waits for threads that count and are not listed: a probe hides them. */
    private static final long GRACE_NANOS = 2_000_000_000;

    private Shutdown() {}

    /**
     * Waits for the end of all threads, but no longer than patience lasts; returns those that have not ended. While a
     * detector hides all that are left, it waits for a moment more, until they are listed: none would mean that all
     * have ended.
     */
    static List<Launched> within(Launcher threads, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + Nanos.of(patience);
        List<Launched> left = threads.live();
        // a thread that a detector has let go of counts, also where it is not listed for a moment
        while (!left.isEmpty() || threads.liveCount() > 0) {
            interrupt(left);
            long patient = deadline - System.nanoTime();
            long nanos = left.isEmpty() ? patient + GRACE_NANOS : patient;
            boolean gone =
                    threads.awaitLive(0, Duration.ofNanos(Math.min(BETWEEN_INTERRUPTS_NANOS, Math.max(0, nanos))));
            List<Launched> ended = left.stream().filter(l -> !l.isLive()).toList();
            for (Launched launched : ended) { // nothing runs on it any more: only a few instructions are left
                launched.thread().join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
            left = threads.live();
            if (!gone && nanos <= 0 && (!left.isEmpty() || patient + GRACE_NANOS <= 0)) {
                break;
            }
        }
        return left;
    }

    /**
     * Interrupts threads. To interrupt a thread that waits on a channel of {@code java.nio} closes that channel, on the
     * current thread: it may take long, and it may throw, which keeps no other thread from being interrupted.
     */
    static void interrupt(List<Launched> threads) {
        for (Launched launched : threads) {
            try {
                launched.thread().interrupt();
            } catch (Throwable thrown) { // of the channel's own close
                log("an interrupt of thread \"" + Printable.of(launched.name()) + "\" has failed", thrown);
            }
        }
    }

    /** Waits for the end of all threads, however long that takes, and restores the interrupt flag. */
    static void completely(Launcher threads) {
        boolean interrupted = false;
        boolean told = false;
        List<Launched> left;
        do {
            try {
                left = within(threads, UNTIL_TOLD);
                if (!left.isEmpty() && !told) {
                    told = true;
                    tell(left);
                }
            } catch (InterruptedException e) {
                interrupted = true;
                left = threads.live();
            }
        } while (!left.isEmpty() || threads.liveCount() > 0);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(List<Launched> left) {
        String names = left.stream().limit(SHOWN).map(Launched::toString).collect(Collectors.joining(", "));
        log(
                "close waits for threads that do not end, though they were interrupted: " + left.size() + ", " + names,
                null);
    }

    private static void log(String message, @Nullable Throwable thrown) {
        try {
            LOG.log(System.Logger.Level.WARNING, message, thrown);
        } catch (Throwable ignored) { // a logger that fails must not keep the close from waiting
        }
    }
}
