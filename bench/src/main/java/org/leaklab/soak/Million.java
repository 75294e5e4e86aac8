package org.leaklab.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.leaklab.bench.memory.LiveHeap;
import org.leaklab.core.Channel;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/** Very many virtual threads, parked in the receive of a channel, and all of them woken. */
public final class Million {

    private static final int WARM_UP_SHARE = 20;
    private static final long LOOK_NANOS = 1_000_000;

    private Million() {}

    /** On what the threads wait, and what wakes them. */
    public enum Shape {
        OWN_CHANNELS("an unbuffered channel each; a send for each"),
        ONE_CHANNEL("one unbuffered channel for all; a send for each"),
        ONE_CLOSE("one unbuffered channel for all; one close");

        private final String words;

        Shape(String words) {
            this.words = words;
        }

        List<Channel<Integer>> channels(int threads) {
            return IntStream.range(0, this == OWN_CHANNELS ? threads : 1)
                    .mapToObj(i -> Channel.<Integer>unbuffered())
                    .toList();
        }

        void wake(List<Channel<Integer>> channels, int threads) throws InterruptedException {
            if (this == ONE_CLOSE) {
                channels.getFirst().close();
            } else {
                for (int i = 0; i < threads; i++) {
                    channels.get(i % channels.size()).send(i);
                }
            }
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * What was seen.
     *
     * @param parkMillis from the first start until every thread was parked
     * @param heapBytes live heap while they were parked, more than before; channels and the launcher's records are in
     *     it
     * @param wakeMillis from the first wake-up until the last one was given
     * @param endMillis from the first wake-up until every thread had ended
     * @param leftBytes live heap afterwards, more than before
     */
    public record Row(
            String shape,
            int threads,
            long parkMillis,
            long heapBytes,
            long heapBytesPerThread,
            long wakeMillis,
            long endMillis,
            long leftBytes) {

        private Row leaving(long bytes) {
            return new Row(shape, threads, parkMillis, heapBytes, heapBytesPerThread, wakeMillis, endMillis, bytes);
        }
    }

    /**
     * Parks and wakes so many threads; and a twentieth of them before, so that what is measured is warm.
     *
     * @throws IllegalStateException if they are not all parked, or have not all ended, within the patience
     */
    public static Row run(Shape shape, int threads, Duration patience) throws InterruptedException {
        once(shape, Math.max(1, threads / WARM_UP_SHARE), LiveHeap.bytes(), patience);
        long before = LiveHeap.bytes();
        Row row = once(shape, threads, before, patience);
        return row.leaving(LiveHeap.bytes() - before);
    }

    private static Row once(Shape shape, int count, long before, Duration patience) throws InterruptedException {
        long begin = System.nanoTime();
        long parked;
        long heap;
        long woken;
        long ended;
        try (Launcher threads = Launcher.of(ThreadKind.VIRTUAL)) {
            List<Channel<Integer>> channels = shape.channels(count);
            for (int i = 0; i < count; i++) {
                Channel<Integer> channel = channels.get(i % channels.size());
                threads.start("parked", channel::receive);
            }
            until(
                    () -> channels.stream().mapToInt(Channel::waitingReceivers).sum() == count,
                    "every thread waits",
                    patience);
            until(() -> threads.live().stream().allMatch(Million::isParked), "every thread is parked", patience);
            parked = System.nanoTime() - begin;
            heap = LiveHeap.bytes() - before;
            begin = System.nanoTime();
            shape.wake(channels, count);
            woken = System.nanoTime() - begin;
            until(() -> threads.liveCount() == 0, "every thread has ended", patience);
            ended = System.nanoTime() - begin;
        }
        return new Row(
                shape.toString(),
                count,
                Duration.ofNanos(parked).toMillis(),
                heap,
                heap / count,
                Duration.ofNanos(woken).toMillis(),
                Duration.ofNanos(ended).toMillis(),
                0);
    }

    private static boolean isParked(Launched launched) {
        return launched.thread().getState() == Thread.State.WAITING;
    }

    private static void until(BooleanSupplier condition, String what, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("it did not come about that " + what + " within " + patience);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
