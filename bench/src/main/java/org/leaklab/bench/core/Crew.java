package org.leaklab.bench.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.leaklab.core.ThreadKind;

/**
 * Threads that do their parts of a round together, round after round, and live until the crew is closed.
 *
 * <p>They are plain threads, the same for every implementation. To begin and end a round costs 5 to 50 microseconds, so
 * one should do thousands of things. A round that fails ends the crew: the first failure interrupts the other members
 * and is thrown to whoever waits for the round; so does a round that takes longer than the patience, with the stacks of
 * those that are stuck.
 */
final class Crew implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    /** What one member does in a round. */
    @FunctionalInterface
    interface Part {
        /** Returns its share of the round's sum, by which a round shows that all items came through. */
        long run() throws Exception;
    }

    private final List<Member> members = new ArrayList<>();
    private final Duration patience;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicLong sum = new AtomicLong();
    private volatile CountDownLatch left = new CountDownLatch(0);

    /** One thread and its part. */
    private final class Member implements Runnable {
        private final Part part;
        private final Semaphore turn = new Semaphore(0);
        private final Thread thread;

        Member(ThreadKind kind, int number, Part part) {
            this.part = part;
            this.thread = factory(kind).newThread(this);
            thread.setName("crew-" + number);
        }

        @Override
        public void run() {
            try {
                while (true) {
                    turn.acquire();
                    sum.addAndGet(part.run());
                    left.countDown();
                }
            } catch (Throwable thrown) { // whatever it is, it belongs to the one who waits for the round
                fail(thrown);
            }
        }
    }

    private Crew(Duration patience) {
        this.patience = patience;
    }

    /** Makes plain threads of a kind; daemons, if it is platform threads. */
    static ThreadFactory factory(ThreadKind kind) {
        return kind == ThreadKind.PLATFORM
                ? Thread.ofPlatform().daemon().factory()
                : Thread.ofVirtual().factory();
    }

    /** Starts a thread for each part; they wait for the first round. */
    static Crew of(ThreadKind kind, List<Part> parts) {
        return of(kind, parts, PATIENCE);
    }

    static Crew of(ThreadKind kind, List<Part> parts, Duration patience) {
        Crew crew = new Crew(patience);
        for (Part part : parts) {
            crew.members.add(crew.new Member(kind, crew.members.size(), part));
        }
        crew.members.forEach(member -> member.thread.start());
        return crew;
    }

    /**
     * Lets every member do its part once.
     *
     * @return the sum of what the parts returned
     * @throws IllegalStateException if a member failed, now or in an earlier round, or the round takes too long
     */
    long round() throws InterruptedException {
        sum.set(0);
        CountDownLatch ended = new CountDownLatch(members.size());
        left = ended;
        throwIfFailed();
        members.forEach(member -> member.turn.release());
        if (!ended.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            fail(new IllegalStateException("a round takes longer than " + patience + ":\n" + stacks()));
        }
        throwIfFailed();
        return sum.get();
    }

    private void fail(Throwable thrown) {
        if (failure.compareAndSet(null, thrown)) {
            interruptAll();
        }
        CountDownLatch ended = left;
        while (ended.getCount() > 0) {
            ended.countDown();
        }
    }

    private void throwIfFailed() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("a thread of the benchmark failed: " + thrown, thrown);
        }
    }

    private void interruptAll() {
        members.forEach(member -> member.thread.interrupt());
    }

    private String stacks() {
        return members.stream()
                .map(member -> member.thread.getName() + "\n    at "
                        + Arrays.stream(member.thread.getStackTrace())
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining("\n    at ")))
                .collect(Collectors.joining("\n"));
    }

    /**
     * Interrupts the members and waits for their end.
     *
     * @throws IllegalStateException if one does not end
     */
    @Override
    public void close() throws InterruptedException {
        interruptAll();
        for (Member member : members) {
            if (!member.thread.join(FAREWELL)) {
                throw new IllegalStateException("a thread of the benchmark does not end:\n" + stacks());
            }
        }
    }
}
