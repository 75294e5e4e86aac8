package org.leaklab.core.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;

/** A short lock never keeps a thread from running that somebody waits for. */
class ShortLockTest {

    private interface Kept extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Lock extends ShortLock {

        void takeAndGiveBack() {
            enter();
            leave();
        }

        /** Keeps it until the end of a block, so that nobody goes on waiting when a test fails. */
        Kept keep() {
            enter();
            return this::leave;
        }

        static void takeAllAndGiveBack(Lock... locks) {
            enterAll(locks);
            for (Lock lock : locks) {
                lock.leave();
            }
        }
    }

    private final Lock first = new Lock();
    private final Lock second = new Lock();
    private final Lock third = new Lock();
    private final List<Thread> started = new ArrayList<>();

    private Thread start(ThreadKind kind, Runnable body) {
        ThreadFactory factory = kind == ThreadKind.VIRTUAL
                ? Thread.ofVirtual().factory()
                : Thread.ofPlatform().daemon().factory();
        Thread thread = factory.newThread(body);
        thread.start();
        started.add(thread);
        return thread;
    }

    /** More virtual threads than there are carriers, each interrupted before it goes for the lock. */
    private void interruptedOnesGoFor(Lock lock) {
        for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
            start(ThreadKind.VIRTUAL, () -> {
                Thread.currentThread().interrupt();
                lock.takeAndGiveBack();
            });
        }
    }

    private static void untilItWaits(Thread thread) {
        until(() -> Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("enterContended")));
    }

    @AfterEach
    void allHaveEnded() throws InterruptedException {
        for (Thread thread : started) {
            assertThat(thread.join(PATIENCE)).as(thread.toString()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsForOneOfSeveralHoldsNone(ThreadKind kind) throws InterruptedException {
        for (Lock taken : List.of(first, second, third)) {
            try (Kept kept = taken.keep()) {
                untilItWaits(start(kind, () -> Lock.takeAllAndGiveBack(first, second, third)));
                for (Lock free : List.of(first, second, third)) {
                    if (free != taken) {
                        assertThat(start(ThreadKind.PLATFORM, free::takeAndGiveBack)
                                        .join(PATIENCE))
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void severalLocksInAnyOrderNeverStopEachOther() {
        for (ThreadKind kind : ThreadKind.values()) {
            start(kind, () -> takeOften(first, second, third));
            start(kind, () -> takeOften(third, second, first));
            start(kind, () -> takeOften(second, third, first));
        }
    }

    private static void takeOften(Lock... locks) {
        for (int i = 0; i < 10_000; i++) {
            Lock.takeAllAndGiveBack(locks);
        }
    }

    /**
     * A virtual thread that waits for one of several locks is unmounted. It needs a carrier to go on, even if on every
     * carrier runs a thread that cannot be unmounted and wants another of the locks.
     */
    @Test
    void interruptedThreadsOnAllCarriersDoNotShutOutTheHolder() {
        try (Kept kept = third.keep()) {
            untilItWaits(start(ThreadKind.VIRTUAL, () -> Lock.takeAllAndGiveBack(first, second, third)));
            interruptedOnesGoFor(first);
        }
    }

    @Test
    void anInterruptIsPutOffAndNotLost() {
        AtomicBoolean kept = new AtomicBoolean();
        try (Kept taken = first.keep()) {
            Thread interrupted = start(ThreadKind.VIRTUAL, () -> {
                Thread.currentThread().interrupt();
                first.takeAndGiveBack();
                kept.set(Thread.currentThread().isInterrupted());
            });
            untilItWaits(interrupted);
            until(() -> interrupted.getState() == Thread.State.TIMED_WAITING);
        }
        until(kept::get);
    }

    @Test
    void interruptedThreadsThatWaitLetOthersRun() throws InterruptedException {
        try (Kept kept = first.keep()) {
            interruptedOnesGoFor(first);
            started.forEach(ShortLockTest::untilItWaits);
            assertThat(start(ThreadKind.VIRTUAL, () -> {}).join(PATIENCE)).isTrue();
        }
    }
}
