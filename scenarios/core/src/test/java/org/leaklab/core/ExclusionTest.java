package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launcher.Task;

/** Locks exclude and semaphores bound, also when threads give up all the time. */
class ExclusionTest extends CoreTest {

    private static final int WORKERS = 4;
    private static final int STEPS = 5_000;
    private static final int PERMITS = 7;

    /** One thread at a time. */
    interface Exclusion {
        void enter() throws InterruptedException;

        void leave() throws InterruptedException;
    }

    private int plain;

    /** Lets all workers count in a plain field; says how many counts were lost. */
    @SuppressWarnings("ThreadPriorityCheck") // a yield provokes the race, nothing relies on it
    private int lost(Exclusion exclusion) {
        plain = 0;
        List<Call<Void>> workers = IntStream.range(0, WORKERS)
                .mapToObj(worker -> go(() -> {
                    for (int step = 0; step < STEPS; step++) {
                        exclusion.enter();
                        int before = plain;
                        if (step % 16 == worker) {
                            Thread.yield();
                        }
                        plain = before + 1;
                        exclusion.leave();
                    }
                }))
                .toList();
        assertThat(workers.stream().map(Call::failure)).containsOnlyNulls();
        return WORKERS * STEPS - plain;
    }

    private static Exclusion of(Task enter, Runnable leave) {
        return new Exclusion() {
            @Override
            public void enter() throws InterruptedException {
                try {
                    enter.run();
                } catch (InterruptedException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public void leave() {
                leave.run();
            }
        };
    }

    /** Looks, then takes: two may look before either takes. */
    private static final class LooksThenTakes implements Exclusion {
        private volatile boolean taken;

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // a yield provokes the race, nothing relies on it
        public void enter() {
            while (taken) {
                Thread.yield();
            }
            Thread.yield(); // a thread may lose its processor anywhere
            taken = true;
        }

        @Override
        public void leave() {
            taken = false;
        }
    }

    @Test
    void aMutexExcludes() {
        Mutex mutex = new Mutex();
        assertThat(lost(of(mutex::lock, mutex::unlock))).isZero();
        assertThat(mutex.owner()).isNull();
    }

    @Test
    void aMutexThatIsTriedExcludes() {
        Mutex mutex = new Mutex();
        Task untilLocked = () -> {
            while (!mutex.tryLock(Duration.ofNanos(5_000))) {
                Thread.onSpinWait();
            }
        };
        assertThat(lost(of(untilLocked, mutex::unlock))).isZero();
        assertThat(mutex.waiting()).isZero();
    }

    @Test
    void aSemaphoreOfOneAndAChannelOfOneExclude() {
        Semaphore semaphore = new Semaphore(1);
        assertThat(lost(of(semaphore::acquire, semaphore::release))).isZero();
        Channel<Integer> token = Channel.buffered(1);
        assertThat(lost(of(() -> token.send(1), token::tryReceive))).isZero();
    }

    @Test
    void aBrokenLockWouldBeCaught() {
        int lost = 0;
        for (int round = 0; round < 50 && lost == 0; round++) {
            lost = lost(new LooksThenTakes());
        }
        assertThat(lost).isPositive();
    }

    @Test
    void aSemaphoreNeverExceedsItsLimit() {
        Semaphore semaphore = new Semaphore(PERMITS);
        AtomicLong held = new AtomicLong();
        long seed = ThreadLocalRandom.current().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<Call<Void>> workers = IntStream.range(0, WORKERS)
                .mapToObj(worker -> random.split())
                .map(own -> go(() -> {
                    for (int step = 0; step < STEPS; step++) {
                        long permits = own.nextLong(1, PERMITS + 1);
                        if (acquire(semaphore, permits, own)) {
                            assertThat(held.addAndGet(permits)).isLessThanOrEqualTo(PERMITS);
                            held.addAndGet(-permits);
                            semaphore.release(permits);
                        }
                    }
                }))
                .toList();
        assertThat(workers.stream().map(Call::failure)).as("seed %d", seed).containsOnlyNulls();
        assertThat(semaphore.available()).isEqualTo(PERMITS);
        assertThat(semaphore.waiting()).isZero();
    }

    private static boolean acquire(Semaphore semaphore, long permits, SplittableRandom random)
            throws InterruptedException {
        return switch (random.nextInt(5)) {
            case 0 -> semaphore.tryAcquire(permits);
            case 1, 2 -> semaphore.tryAcquire(permits, Duration.ofNanos(random.nextInt(20_000)));
            case 3 -> {
                Thread.currentThread().interrupt();
                try {
                    semaphore.acquire(Context.background(), permits);
                    throw new AssertionError("the interrupt went unheeded");
                } catch (InterruptedException e) {
                    yield false;
                }
            }
            default -> {
                semaphore.acquire(Context.background(), permits);
                yield true;
            }
        };
    }
}
