package org.leaklab.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Launcher;
import org.leaklab.core.Mutex;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Finding;
import org.leaklab.detect.Reachability;
import org.leaklab.pattern.WorkerPool;

/**
 * Probes for unreachable threads while others come and go by the hundred thousand: a probe must find each thread that
 * was leaked on purpose, report no other one, and lose none.
 */
public final class Churn {

    private static final int PLANTED = 10;
    private static final int STARTERS = 2;
    private static final int BATCH = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a static field reaches is alive. */
    private static final Channel<Integer> STATIC = Channel.unbuffered();

    private final PrintWriter out;
    private final int wanted;
    private final int probes;
    private final Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean over;

    /** A run of so many short threads under so many probes, both at least. */
    public Churn(PrintWriter out, int wanted, int probes) {
        this.out = out;
        this.wanted = wanted;
        this.probes = probes;
    }

    /**
     * Runs and prints the counts.
     *
     * @return whether every probe found what was planted and nothing else, and every other thread came to its end
     */
    public boolean run() throws InterruptedException {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (Reachability reachability = Reachability.of(threads);
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                WorkerPool pool = WorkerPool.open(threads, Context.background(), 2, 2)) {
            CountDownLatch end = new CountDownLatch(1);
            int living = live(socket, timer, end) + 2;
            List<Thread> starters = new ArrayList<>();
            for (int i = 0; i < STARTERS; i++) {
                starters.add(Thread.ofPlatform().name("churn-" + i).daemon().start(this::churn));
            }
            int done = 0;
            int wrong = 0;
            long longest = 0;
            String method = "";
            while (done < probes || started.get() < wanted) {
                plant();
                Finding finding = reachability.probe();
                done++;
                if (!finding.sound() || finding.leaked().count() != PLANTED) {
                    wrong++;
                    out.println("probe " + done + " found " + finding.leaked().count() + " after "
                            + finding.took().toMillis() + " ms: " + finding.leaked());
                    out.flush();
                }
                longest = Math.max(longest, finding.took().toMillis());
                method = finding.method();
            }
            over = true;
            for (Thread starter : starters) {
                starter.join();
            }
            boolean allEnded = threads.awaitLive((int) leaks(thread -> true) + living, PATIENCE);
            out.printf(
                    Locale.ROOT,
                    "%,d short threads started, %,d ended, %,d lost%n",
                    started.get(),
                    ended.get(),
                    started.get() - ended.get());
            out.printf(
                    Locale.ROOT,
                    "%d probes, the longest %d ms: %d found the %d planted leaks and nothing else, %d did not%n",
                    done,
                    longest,
                    done - wrong,
                    PLANTED,
                    wrong);
            out.printf(
                    Locale.ROOT,
                    "%d threads alive throughout: on a static, a latch, a timer, a socket, a sleep, a moving lock, an idle pool%n",
                    living);
            out.println("method: " + method);
            out.flush();
            end.countDown();
            return wrong == 0 && allEnded && started.get() == ended.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            timer.shutdownNow();
            threads.close();
        }
    }

    /** Leaks threads up to the number that shall be found: where they cannot come back, a probe leaves none. */
    private void plant() throws InterruptedException {
        for (long leaked = leaks(thread -> true); leaked < PLANTED; leaked++) {
            Channel<Integer> lost = Channel.unbuffered();
            threads.start("leak", () -> lost.send(1));
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (leaks(Churn::isInItsSend) < PLANTED) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the planted threads do not come to wait");
            }
            Thread.sleep(1);
        }
    }

    /** It may wait for something else on its way there, which a probe would take for a wait that has just begun. */
    private static boolean isInItsSend(Thread thread) {
        return thread.getState() == Thread.State.WAITING && LockSupport.getBlocker(thread) instanceof Channel;
    }

    private long leaks(Predicate<Thread> which) {
        return threads.live().stream()
                .filter(launched -> launched.name().equals("leak") && which.test(launched.thread()))
                .count();
    }

    /** Threads that wait for long and are no leak; returns how many. */
    private int live(ServerSocket socket, ScheduledExecutorService timer, CountDownLatch end) {
        Channel<Integer> late = Channel.unbuffered();
        Future<?> never = timer.schedule(late::close, 1, TimeUnit.DAYS);
        assert !never.isDone();
        Mutex moving = new Mutex();
        threads.start("on a static", STATIC::receive);
        threads.start("on a latch", end::await);
        threads.start("on a timer", late::receive);
        threads.start("on a socket", () -> {
            try (Socket unexpected = socket.accept()) {
                throw new IllegalStateException("nobody connects, but " + unexpected);
            } catch (SocketException e) {
                assert socket.isClosed(); // that is its end
            }
        });
        threads.start("asleep", () -> Thread.sleep(Duration.ofDays(1)));
        for (int i = 0; i < 2; i++) {
            threads.start("on a moving lock", () -> {
                while (!over) {
                    moving.lock();
                    try {
                        Thread.yield();
                    } finally {
                        moving.unlock();
                    }
                }
                end.await();
            });
        }
        return 7;
    }

    /** Pairs of threads that meet on a channel of their own, in batches, until the probes are done. */
    private void churn() {
        while (!over) {
            for (int i = 0; i < BATCH / 2; i++) {
                Channel<Integer> channel = Channel.unbuffered();
                threads.start("sender", () -> {
                    channel.send(1);
                    ended.incrementAndGet();
                });
                threads.start("receiver", () -> {
                    channel.receive();
                    ended.incrementAndGet();
                });
                started.addAndGet(2);
            }
            while (!over && threads.liveCount() > 20 * BATCH) {
                Thread.yield();
            }
        }
    }
}
