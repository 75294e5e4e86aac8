package org.leaklab.bench.overhead;

import java.time.Duration;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Launcher;
import org.leaklab.core.Launcher.Task;
import org.leaklab.core.Received.Value;
import org.leaklab.core.Select;
import org.leaklab.pattern.WorkerPool;
import org.leaklab.scenario.Threads;

/** What the core does, in batches of {@value Batches#SIZE}, all of it on threads of one launcher. */
public enum Operation {
    /**
     * Starts threads that do nothing, and waits for their end; per thread. The end of a batch waits for the last of
     * them, so an empty batch starts one, and waits for its end likewise.
     */
    FORK_JOIN {
        @Override
        public Batches on(Threads threads) {
            Launcher launcher = threads.launcher();
            int before = launcher.liveCount();
            return new Batches(
                    loop -> {
                        loop.run();
                        ended(launcher.awaitLive(before, PATIENCE));
                    },
                    i -> launcher.start("task", () -> {}),
                    i -> {
                        if (i == Batches.SIZE - 1) {
                            launcher.start("task", () -> {});
                        }
                    },
                    () -> {});
        }
    },
    /** Hands a value to another thread and takes it back; per round trip. */
    HAND_OFF {
        @Override
        public Batches on(Threads threads) {
            Echo echo = new Echo(threads.launcher());
            return echo.inBatches(i -> {
                echo.there.send(i);
                came(i, echo.back.receive());
            });
        }
    },
    /** The same, received by a select that also waits for a channel on which nobody sends; per round trip. */
    SELECT {
        @Override
        public Batches on(Threads threads) {
            Echo echo = new Echo(threads.launcher());
            Channel<Integer> never = Channel.unbuffered();
            Select<Integer> either =
                    new Select<Integer>().onReceive(echo.back, value -> value).onReceive(never, value -> value);
            return echo.inBatches(i -> {
                echo.there.send(i);
                came(i, either.run());
            });
        }
    },
    /** Submits a task to a pool of two workers, and waits for its result; per task. */
    POOL_SUBMIT {
        @Override
        public Batches on(Threads threads) throws InterruptedException {
            Echo caller = new Echo(threads.launcher());
            WorkerPool pool = WorkerPool.open(threads.launcher(), Context.background(), 2, Batches.SIZE);
            return new Batches(
                    caller::call, i -> came(i, pool.submit(context -> i).get()), Batches.NOTHING, () -> {
                        pool.close();
                        caller.end();
                    });
        }
    };

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Prepares the operation; what it starts lives until the batches are closed, or the threads are released. */
    public abstract Batches on(Threads threads) throws InterruptedException;

    private static void ended(boolean inTime) {
        if (!inTime) {
            throw new IllegalStateException(
                    "a batch of operations has not ended within " + PATIENCE.toSeconds() + " s");
        }
    }

    private static void came(int sent, int back) {
        if (sent != back) {
            throw new IllegalStateException("an operation was given " + sent + " and came back with " + back);
        }
    }

    /** A thread that sends back what it gets, and one that does a batch. */
    private static final class Echo {

        final Channel<Integer> there = Channel.unbuffered();
        final Channel<Integer> back = Channel.unbuffered();
        private final Launcher launcher;
        private final int before;
        private final Channel<Task> batches = Channel.unbuffered();
        private final Channel<Boolean> done = Channel.unbuffered();

        Echo(Launcher launcher) {
            this.launcher = launcher;
            before = launcher.liveCount();
            launcher.start("echo", () -> there.forEach(back::send));
            launcher.start(
                    "caller",
                    () -> batches.forEach(batch -> {
                        batch.run();
                        done.send(true);
                    }));
        }

        void call(Task batch) throws InterruptedException {
            batches.send(batch);
            ended(done.receive(PATIENCE) instanceof Value);
        }

        /** Batches of an operation that needs these two threads and no others. */
        Batches inBatches(Batches.Step operation) {
            return new Batches(this::call, operation, Batches.NOTHING, this::end);
        }

        void end() throws InterruptedException {
            there.close();
            batches.close();
            ended(launcher.awaitLive(before, PATIENCE));
        }
    }
}
