package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.leaklab.core.Launcher.AllBlockedException;
import org.leaklab.testing.Eventually;

/** No wake-up is lost: where there is a sender for each receiver, everybody gets through. */
class ProgressTest extends CoreTest {

    private static final int PAIRS = 4;
    private static final int ITEMS = 5_000;
    private static final int ROUNDS_TO_BE_CAUGHT = 50;

    /** Something through which items pass, one by one. */
    interface Passage {
        void send(int item) throws InterruptedException;

        int receive() throws InterruptedException;
    }

    /** As many receivers as senders, each with as much to do; they block only on each other. */
    private static void start(Launcher threads, Passage passage) {
        for (int pair = 0; pair < PAIRS; pair++) {
            threads.start("receiver", () -> {
                for (int item = 0; item < ITEMS; item++) {
                    passage.receive();
                }
            });
        }
        for (int pair = 0; pair < PAIRS; pair++) {
            threads.start("sender", () -> {
                for (int item = 0; item < ITEMS; item++) {
                    passage.send(item);
                }
            });
        }
    }

    private static Passage through(Channel<Integer> channel) {
        return new Passage() {
            @Override
            public void send(int item) throws InterruptedException {
                channel.send(item);
            }

            @Override
            public int receive() throws InterruptedException {
                return channel.receive();
            }
        };
    }

    /** Senders and receivers on two channels, whichever is ready first. */
    private static Passage selecting(Channel<Integer> one, Channel<Integer> other) {
        return new Passage() {
            @Override
            public void send(int item) throws InterruptedException {
                new Select<Integer>()
                        .onSend(one, item, () -> 0)
                        .onSend(other, item, () -> 0)
                        .run();
            }

            @Override
            public int receive() throws InterruptedException {
                return new Select<Integer>()
                        .onReceive(other, item -> item)
                        .onReceive(one, item -> item)
                        .run();
            }
        };
    }

    /** Looks, then registers, then waits: whoever comes in between, or registers over another, is lost. */
    private static final class LosesWakeUps implements Passage {
        private final Queue<Integer> queue = new ConcurrentLinkedQueue<>();
        private volatile @Nullable Thread waiter;

        @Override
        public void send(int item) {
            queue.add(item);
            LockSupport.unpark(waiter);
        }

        @Override
        public int receive() throws InterruptedException {
            for (Integer item; ; ) {
                if ((item = queue.poll()) != null) {
                    return item;
                }
                waiter = Thread.currentThread();
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    @Test
    void everybodyGetsThrough() throws InterruptedException {
        for (Passage passage : List.of(
                through(Channel.unbuffered()),
                through(Channel.buffered(1)),
                through(Channel.buffered(3)),
                selecting(Channel.unbuffered(), Channel.buffered(1)),
                selecting(Channel.unbuffered(), Channel.unbuffered()))) {
            start(threads, passage);
            assertThat(threads.awaitLive(0, Eventually.PATIENCE)).isTrue();
        }
    }

    @Test
    void aLostWakeUpWouldBeCaught() {
        assertThatThrownBy(() -> {
                    for (int round = 0; round < ROUNDS_TO_BE_CAUGHT; round++) {
                        try (Launcher broken = Launcher.of(kind)) {
                            start(broken, new LosesWakeUps());
                            broken.join();
                        }
                    }
                })
                .isInstanceOf(AllBlockedException.class);
    }
}
