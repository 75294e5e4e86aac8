package org.leaklab.heapdump.judge;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What each thread of a dump waits for, as one stage of the judging knows it. Immutable. */
final class ThreadWaits {

    private final DumpThreads threads;

    /** By index of the thread. */
    private final ThreadWait[] all;

    private ThreadWaits(DumpThreads threads, ThreadWait[] all) {
        this.threads = threads;
        this.all = all;
    }

    /** Asks for each thread, in the order of the dump. */
    static ThreadWaits of(DumpThreads threads, Function<DumpThread, ThreadWait> wait) {
        return new ThreadWaits(threads, threads.all().stream().map(wait).toArray(ThreadWait[]::new));
    }

    ThreadWait of(DumpThread thread) {
        return all[thread.index];
    }

    /** Those of which the next stage knows more, and the rest as before. */
    ThreadWaits with(Map<DumpThread, ThreadWait> known) {
        if (known.isEmpty()) {
            return this;
        }
        ThreadWait[] changed = all.clone();
        known.forEach((thread, wait) -> changed[thread.index] = wait);
        return new ThreadWaits(threads, changed);
    }

    /** Those that are stuck unless somebody ends their wait. */
    Stream<DumpThread> candidates() {
        return threads.all().stream().filter(thread -> of(thread).isCandidate());
    }

    /** Those that want a monitor of which it is not known who owns it. */
    Stream<DumpThread> entering() {
        return threads.all().stream().filter(thread -> of(thread).what() instanceof Wait.Entering);
    }
}
