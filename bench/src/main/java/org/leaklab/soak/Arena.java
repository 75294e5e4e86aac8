package org.leaklab.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Launcher;
import org.leaklab.core.Mutex;
import org.leaklab.core.Received.Value;
import org.leaklab.core.Semaphore;
import org.leaklab.core.ThreadKind;

/** What all workers of a soak share for its whole length. */
final class Arena {

    static final int PERMITS = 5;

    private static final List<Integer> CAPACITIES = List.of(0, 0, 1, 3, 16);

    final Launcher platform = Launcher.of(ThreadKind.PLATFORM);
    final Launcher virtual = Launcher.of(ThreadKind.VIRTUAL);
    final Context root = Context.background().withCancel();

    /** Never closed; each has somebody who sends and somebody who receives without end. */
    final List<Channel<Long>> channels =
            CAPACITIES.stream().map(Channel::<Long>buffered).toList();

    /** Closed now and then, and replaced by a new one. */
    final AtomicReference<Channel<Long>> closing = new AtomicReference<>(Channel.buffered(1));

    final Semaphore semaphore = new Semaphore(PERMITS);
    final AtomicLong held = new AtomicLong();
    final Mutex mutex = new Mutex();
    final AtomicLong expected = new AtomicLong();

    /** Guarded by the mutex, and by nothing else. */
    long counted;

    /** What a {@link Plant} lets grow. */
    final Queue<byte[]> kept = new ConcurrentLinkedQueue<>();

    Launcher launcher(int number) {
        return number % 2 == 0 ? virtual : platform;
    }

    /** How many channels a ledger accounts for. */
    int ledgerChannels() {
        return channels.size() + 1;
    }

    Channel<Long> channel(int number) {
        return number < channels.size() ? channels.get(number) : closing.get();
    }

    int liveThreads() {
        return platform.liveCount() + virtual.liveCount();
    }

    int waiters() {
        return Stream.concat(channels.stream(), Stream.of(closing.get(), (Channel<?>) root.done()))
                        .mapToInt(channel -> channel.waitingSenders() + channel.waitingReceivers())
                        .sum()
                + semaphore.waiting()
                + mutex.waiting();
    }

    /** Receives what is left when all workers have ended. */
    void drain(Ledger ledger) {
        for (int number = 0; number < ledgerChannels(); number++) {
            while (channel(number).tryReceive() instanceof Value<Long> item) {
                ledger.received(number, item.value());
            }
        }
    }

    /** What is not as it must be when all workers have ended. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (waiters() > 0) {
            complaints.add(waiters() + " waiters are left where nobody waits");
        }
        if (root.dependents() > 0) {
            complaints.add(root.dependents() + " contexts are left under the long-lived one");
        }
        if (liveThreads() > 0) {
            complaints.add(liveThreads() + " threads are left: " + platform.live() + virtual.live());
        }
        if (semaphore.available() != PERMITS) {
            complaints.add(semaphore + ", though nobody holds any");
        }
        if (mutex.owner() != null) {
            complaints.add(mutex + ", though nobody holds it");
        }
        if (counted != expected.get()) {
            complaints.add("the mutex did not exclude: " + counted + " counted, not " + expected);
        }
        return complaints;
    }

    /** Ends what threads are left; needs no lock of the core. */
    void release(Duration patience) throws InterruptedException {
        virtual.shutdownNow(patience);
        platform.shutdownNow(patience);
    }
}
