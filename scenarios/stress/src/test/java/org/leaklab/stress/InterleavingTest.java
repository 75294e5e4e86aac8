package org.leaklab.stress;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Mutex;
import org.leaklab.core.Select;
import org.leaklab.core.Semaphore;
import org.leaklab.core.WaitGroup;
import org.leaklab.stress.broken.ForgetfulPassage;

/**
 * Waits without a limit, under schedules that Lincheck chooses: it runs one thread at a time and switches where another
 * could tell the difference. A waiter that nobody will ever hand anything is found, not waited for.
 *
 * <p>Lincheck lets every park return at once, as the JDK may; hence a hand-over without its unpark is left to jcstress.
 */
class InterleavingTest {

    /** Two threads, once a schedule. */
    private static void race(Attempt.Action one, Attempt.Action other) {
        Thread second = new Thread(() -> unchecked(other));
        second.start();
        unchecked(one);
        unchecked(() -> second.join()); // a method reference would hide the wait from Lincheck
    }

    private static void unchecked(Attempt.Action action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Not AssertJ: Lincheck compares the objects it meets, and an assertion of AssertJ refuses to be compared. */
    private static void expect(long expected, long actual) {
        if (expected != actual) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }

    private static void everySchedule(Runnable body) {
        Lincheck.runConcurrentTest(Modes.SCHEDULES, body);
    }

    @Test
    void aSendMeetsAReceive() {
        everySchedule(() -> {
            Channel<Integer> channel = Channel.unbuffered();
            race(() -> channel.send(7), () -> expect(7, channel.receive()));
        });
    }

    @Test
    void aFullBufferLetsTheSenderInAfterAReceive() {
        everySchedule(() -> {
            Channel<Integer> channel = Channel.buffered(1);
            race(
                    () -> {
                        channel.send(1);
                        channel.send(2);
                    },
                    () -> expect(12, 10 * channel.receive() + channel.receive()));
        });
    }

    @Test
    void aCloseWakesAReceiver() {
        everySchedule(() -> {
            Channel<Integer> channel = Channel.unbuffered();
            race(channel::close, () -> expect(0, Attempt.value(channel::receive)));
        });
    }

    @Test
    void aSelectMeetsASelect() {
        everySchedule(() -> {
            Channel<Integer> there = Channel.unbuffered();
            Channel<Integer> back = Channel.unbuffered();
            AtomicInteger sum = new AtomicInteger();
            race(
                    () -> sum.addAndGet(new Select<Integer>()
                            .onSend(there, 1, () -> 10)
                            .onReceive(back, value -> value)
                            .run()),
                    () -> sum.addAndGet(new Select<Integer>()
                            .onReceive(there, value -> value)
                            .onSend(back, 1, () -> 10)
                            .run()));
            expect(11, sum.get());
        });
    }

    @Test
    void aCancelWakesASend() {
        everySchedule(() -> {
            Channel<Integer> channel = Channel.unbuffered();
            Context context = Context.background().withCancel();
            race(context::cancel, () -> expect(Attempt.REFUSED, Attempt.done(() -> channel.send(context, 7))));
            expect(0, channel.waitingSenders());
        });
    }

    @Test
    void aReleaseWakesAnAcquire() {
        everySchedule(() -> {
            Semaphore semaphore = new Semaphore(2);
            semaphore.tryAcquire(1);
            race(semaphore::release, () -> semaphore.acquire(Context.background(), 2));
            expect(0, semaphore.available());
        });
    }

    @Test
    void anUnlockWakesALock() {
        everySchedule(() -> {
            Mutex mutex = new Mutex();
            int[] plain = new int[1];
            Attempt.Action count = () -> {
                mutex.lock();
                plain[0]++;
                mutex.unlock();
            };
            race(count, count);
            expect(2, plain[0]);
        });
    }

    @Test
    void theLastDoneWakesAnAwait() {
        everySchedule(() -> {
            WaitGroup group = new WaitGroup();
            group.add(1);
            race(group::done, group::await);
        });
    }

    @Test
    void aLostHandOverWouldBeCaught() {
        assertThatThrownBy(() -> everySchedule(() -> {
                    ForgetfulPassage passage = new ForgetfulPassage();
                    race(() -> passage.send(7), passage::receive);
                }))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("hung");
    }
}
