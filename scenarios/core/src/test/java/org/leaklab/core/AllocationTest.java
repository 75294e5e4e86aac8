package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launcher.Task;

/**
 * What operations allocate, by the VM's own count of a thread: nothing without contention, one small node for a wait.
 */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TIMES = 100_000;
    private static final int WAITS = 1_000;

    /** A waiter with the node that it is: a header, some references, some numbers. */
    private static final long NODE = 64;

    /** A header and a reference. */
    private static final long RECEIVED = 16;

    private static final Integer VALUE = 7;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static double bytesEach(int times, Task task) throws Exception {
        task.run(); // classes are loaded
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            task.run();
        }
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / times;
    }

    @Test
    void whatDoesNotWaitAllocatesNothing() throws Exception {
        Channel<Integer> channel = Channel.buffered(4);
        assertThat(bytesEach(TIMES, () -> {
                    channel.send(VALUE);
                    channel.receive();
                }))
                .isLessThan(1);
        assertThat(bytesEach(TIMES, () -> {
                    channel.trySend(VALUE);
                    channel.receive();
                }))
                .isLessThan(1);
        Semaphore semaphore = new Semaphore(1);
        assertThat(bytesEach(TIMES, () -> {
                    semaphore.acquire();
                    semaphore.release();
                }))
                .isLessThan(1);
        Mutex mutex = new Mutex();
        assertThat(bytesEach(TIMES, () -> {
                    mutex.lock();
                    mutex.unlock();
                }))
                .isLessThan(1);
    }

    @Test
    void aReceiveThatGivesUpAllocatesNothingButForAValue() throws Exception {
        Channel<Integer> channel = Channel.buffered(1);
        assertThat(bytesEach(TIMES, channel::tryReceive)).as("empty").isLessThan(1);
        assertThat(bytesEach(TIMES, () -> channel.receive(Duration.ZERO)))
                .as("late")
                .isLessThan(1);
        assertThat(bytesEach(TIMES, () -> {
                    channel.send(VALUE);
                    channel.tryReceive();
                }))
                .as("a value")
                .isLessThan(RECEIVED + 1);
        channel.close();
        assertThat(bytesEach(TIMES, channel::tryReceive)).as("closed").isLessThan(1);
        assertThat(bytesEach(TIMES, () -> channel.receive(SECOND))).as("closed").isLessThan(1);
    }

    @Test
    void aReadySelectAllocatesNothing() throws Exception {
        Channel<Integer> channel = Channel.buffered(4);
        Channel<Integer> never = Channel.unbuffered();
        Select<Integer> select =
                new Select<Integer>().onReceive(channel, value -> value).onReceive(never, value -> value);
        assertThat(bytesEach(TIMES, () -> {
                    channel.send(VALUE);
                    select.run();
                }))
                .isLessThan(1);
    }

    private static final long GROUP = 500;

    @Test
    void anIdleGroupAndATimeoutAllocateLittleWhateverTheDepthOfTheStack() throws Exception {
        for (int depth : new int[] {0, 400}) {
            atDepth(depth, () -> {
                Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
                assertThat(bytesEach(TIMES, () -> {
                            try (TaskGroup group = TaskGroup.open(Context.background(), threads)) {
                                group.join();
                            }
                        }))
                        .as("group")
                        .isLessThan(GROUP);
                assertThat(bytesEach(TIMES, () -> {
                            try (Context context = Context.background().withTimeout(Duration.ofMinutes(1))) {
                                context.isDone();
                            }
                        }))
                        .as("timeout")
                        .isLessThan(GROUP);
            });
        }
    }

    private static void atDepth(int frames, Task task) throws Exception {
        if (frames == 0) {
            task.run();
        } else {
            atDepth(frames - 1, task);
        }
    }

    @Test
    void theCountSeesAnAllocation() throws Exception {
        Object[] kept = new Object[1];
        assertThat(bytesEach(TIMES, () -> kept[0] = new Object())).isGreaterThan(4);
    }

    @Test
    void aWaitAllocatesOneSmallNode() throws Exception {
        Channel<Integer> channel = Channel.unbuffered();
        AtomicLong bytes = new AtomicLong(-1);
        Thread receiver = Thread.ofPlatform().daemon().start(() -> {
            try {
                channel.receive();
                long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < WAITS; i++) {
                    channel.receive();
                }
                bytes.set(THREADS.getCurrentThreadAllocatedBytes() - before);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i <= WAITS; i++) {
            until(() -> channel.waitingReceivers() == 1); // it waits each time
            assertThat(channel.send(VALUE, PATIENCE)).isTrue();
        }
        assertThat(receiver.join(PATIENCE)).isTrue();
        assertThat((double) bytes.get() / WAITS).isBetween(16.0, (double) NODE);
    }
}
