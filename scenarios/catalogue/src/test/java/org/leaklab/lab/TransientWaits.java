package org.leaklab.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.TaskGroup;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/** Waits that something ends, each {@value #MILLIS} ms after it began: what a lab must not take for a leak. */
final class TransientWaits {

    /** Far longer than the looks of the lab are apart. */
    static final int MILLIS = 150;

    private TransientWaits() {}

    /** One for each thing that ends a wait. */
    static Stream<Scenario> all() {
        return Stream.concat(
                Arrays.stream(Ends.values()).map(Receives::new),
                Stream.of(
                        new UnderADeadline(),
                        new InAGroupWithADeadline(),
                        new OnAFutureWithATimeout(),
                        new Polls(),
                        new SleepsOnce(),
                        new ComputesForAWhile()));
    }

    /** Leaves a thread in a receive; says what becomes of the other end of the channel. */
    @FunctionalInterface
    interface Other {
        void end(Threads threads, Channel<Integer> channel) throws Exception;
    }

    @Leak(id = "received", family = Family.CHANNEL, stuck = 1, at = "Channel.receive", cause = "c", cure = "c")
    record Receives(Other other) implements Scenario {
        @Override
        public void leaky(Threads threads) throws Exception {
            Channel<Integer> channel = Channel.unbuffered();
            threads.start("receiver", channel::receive);
            other.end(threads, channel);
        }

        @Override
        public void fixed(Threads threads) {}
    }

    /** What ends the wait. */
    enum Ends implements Other {
        SIBLING {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                threads.start("sibling", () -> sendLater(channel));
            }
        },
        SIBLING_THAT_RECEIVES_WITH_A_LIMIT {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                threads.start("sibling", () -> {
                    Channel.unbuffered().receive(Duration.ofMillis(MILLIS));
                    channel.send(1);
                });
            }
        },
        PLAIN_THREAD {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                Thread.ofPlatform().daemon().start(() -> sendLater(channel));
            }
        },
        PLAIN_VIRTUAL_THREAD {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                Thread.ofVirtual().start(() -> sendLater(channel));
            }
        },
        EXECUTOR {
            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // it ends by itself
            public void end(Threads threads, Channel<Integer> channel) {
                ExecutorService pool = threads.closing(Executors.newFixedThreadPool(1));
                pool.submit(() -> sendLater(channel));
            }
        },
        COMMON_POOL {
            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // it ends by itself
            public void end(Threads threads, Channel<Integer> channel) {
                CompletableFuture.runAsync(() -> sendLater(channel));
            }
        },
        SCHEDULED_EXECUTOR {
            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // it ends by itself
            public void end(Threads threads, Channel<Integer> channel) {
                ScheduledExecutorService pool = threads.closing(Executors.newScheduledThreadPool(1));
                pool.schedule(channel::close, MILLIS, TimeUnit.MILLISECONDS);
            }
        },
        TIMER {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                Timer timer = new Timer(true);
                threads.closing(timer::cancel);
                timer.schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                channel.close();
                            }
                        },
                        MILLIS);
            }
        },
        DELAYED_EXECUTOR {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                CompletableFuture.delayedExecutor(MILLIS, TimeUnit.MILLISECONDS).execute(channel::close);
            }
        },
        END_OF_A_CONTEXT {
            @Override
            @SuppressWarnings("MustBeClosedChecker")
            public void end(Threads threads, Channel<Integer> channel) {
                Context.background().withTimeout(Duration.ofMillis(MILLIS)).onDone(channel::close);
            }
        },
        CALLER {
            @Override
            public void end(Threads threads, Channel<Integer> channel) {
                sendLater(channel);
            }
        };

        static void sendLater(Channel<Integer> channel) {
            try {
                Thread.sleep(MILLIS);
                boolean ignored = channel.trySend(1); // the lab may have ended the receiver before
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Leak(id = "limited", family = Family.CHANNEL, stuck = 1, at = "Channel.receive", cause = "c", cure = "c")
    static class UnderADeadline implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("receiver", () -> {
                try (Context limited = Context.background().withTimeout(Duration.ofMillis(MILLIS))) {
                    Channel.unbuffered().receive(limited);
                }
            });
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @Leak(
            id = "in-a-group",
            family = Family.CHANNEL,
            stuck = 2,
            at = {"Channel.receive", "Members.await"},
            cause = "c",
            cure = "c")
    static class InAGroupWithADeadline implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("owner", () -> {
                try (Context limited = Context.background().withTimeout(Duration.ofMillis(MILLIS));
                        TaskGroup group = TaskGroup.open(limited, threads.launcher())) {
                    group.fork("receiver", () -> Channel.unbuffered().receive());
                    group.join();
                }
            });
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @Leak(id = "future", family = Family.CALLBACK, stuck = 1, at = "CompletableFuture.get", cause = "c", cure = "c")
    static class OnAFutureWithATimeout implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start(
                    "reader",
                    () -> new CompletableFuture<Integer>()
                            .completeOnTimeout(1, MILLIS, TimeUnit.MILLISECONDS)
                            .get());
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @Leak(id = "polls", family = Family.CHANNEL, stuck = 1, at = "TransientWaits.Polls.poll", cause = "c", cure = "c")
    static class Polls implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("poller", Polls::poll);
        }

        @Override
        public void fixed(Threads threads) {}

        private static void poll() throws InterruptedException {
            for (int i = 0; i < 10; i++) {
                Thread.sleep(MILLIS / 10);
            }
        }
    }

    @Leak(
            id = "sleeps-once",
            family = Family.CANCELLATION,
            stuck = 1,
            waits = Waits.SLEEPING,
            at = "Thread.sleep",
            cause = "c",
            cure = "c")
    static class SleepsOnce implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("sleeper", () -> Thread.sleep(3 * MILLIS));
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @Leak(
            id = "computes",
            family = Family.LOOP,
            stuck = 1,
            waits = Waits.SPINNING,
            at = "TransientWaits.ComputesForAWhile.compute",
            cause = "c",
            cure = "c")
    static class ComputesForAWhile implements Scenario {
        @Override
        public void leaky(Threads threads) {
            threads.start("computing", () -> compute(threads));
        }

        @Override
        public void fixed(Threads threads) {}

        private static void compute(Threads threads) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
            while (System.nanoTime() < end) {
                threads.work();
            }
        }
    }
}
