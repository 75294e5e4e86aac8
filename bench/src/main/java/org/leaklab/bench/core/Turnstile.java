package org.leaklab.bench.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.leaklab.core.Semaphore;
import org.leaklab.core.WaitGroup;

/** Lets one thread pass each time another opens it; shut at first. One adapter for each implementation. */
interface Turnstile {

    /** Lets the other thread pass; never waits. */
    void open();

    /** Waits until the turnstile is open, and shuts it behind. */
    void pass() throws InterruptedException;

    /** A turnstile of one permit. */
    static Turnstile ofSemaphore(String implementation) throws InterruptedException {
        return switch (implementation) {
            case "leaklab" -> {
                Semaphore permits = new Semaphore(1);
                permits.acquire();
                yield new LeaklabPermit(permits);
            }
            case "juc-semaphore" -> new JdkPermit(new java.util.concurrent.Semaphore(0));
            case "juc-semaphore-fair" -> new JdkPermit(new java.util.concurrent.Semaphore(0, true));
            case CoreScore.BASELINE -> new YieldingTurnstile();
            default -> throw new IllegalArgumentException("no semaphore of " + implementation);
        };
    }

    /** A turnstile that is a counter of one, a new counter for each turn: latches are good for one only. */
    static Turnstile ofCounter(String implementation) {
        return switch (implementation) {
            case "leaklab" ->
                new Counted<>(
                        () -> {
                            WaitGroup counter = new WaitGroup();
                            counter.add(1);
                            return counter;
                        },
                        WaitGroup::done,
                        WaitGroup::await);
            case "count-down-latch" ->
                new Counted<>(() -> new CountDownLatch(1), CountDownLatch::countDown, CountDownLatch::await);
            case "phaser" ->
                new Counted<>(() -> new Phaser(1), Phaser::arrive, phaser -> phaser.awaitAdvanceInterruptibly(0));
            case CoreScore.BASELINE -> new YieldingTurnstile();
            default -> throw new IllegalArgumentException("no wait group of " + implementation);
        };
    }

    /** A semaphore of leaklab. */
    record LeaklabPermit(Semaphore permits) implements Turnstile {
        @Override
        public void open() {
            permits.release();
        }

        @Override
        public void pass() throws InterruptedException {
            permits.acquire();
        }
    }

    /** A semaphore of the JDK. */
    record JdkPermit(java.util.concurrent.Semaphore permits) implements Turnstile {
        @Override
        public void open() {
            permits.release();
        }

        @Override
        public void pass() throws InterruptedException {
            permits.acquire();
        }
    }

    /** Waits until a counter is zero. */
    @FunctionalInterface
    interface Waiting<C> {
        void on(C counter) throws InterruptedException;
    }

    /** Counters of one, which only the thread that passes replaces. */
    final class Counted<C> implements Turnstile {
        private final Supplier<C> fresh;
        private final Consumer<C> down;
        private final Waiting<C> waiting;
        private volatile C counter;

        Counted(Supplier<C> fresh, Consumer<C> down, Waiting<C> waiting) {
            this.fresh = fresh;
            this.down = down;
            this.waiting = waiting;
            this.counter = fresh.get();
        }

        @Override
        public void open() {
            down.accept(counter);
        }

        @Override
        public void pass() throws InterruptedException {
            waiting.on(counter);
            counter = fresh.get();
        }
    }

    /** Nothing but a flag: who waits yields until it is up. What is left is the price of changing threads. */
    final class YieldingTurnstile implements Turnstile {
        private volatile boolean open;

        @Override
        public void open() {
            open = true;
        }

        @Override
        public void pass() throws InterruptedException {
            while (!open) {
                Turns.yieldOnce();
            }
            open = false;
        }
    }
}
