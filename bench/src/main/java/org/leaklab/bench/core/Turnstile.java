package org.leaklab.bench.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
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
            default -> throw new IllegalArgumentException("no semaphore of " + implementation);
        };
    }

    /** A turnstile that is a counter of one. */
    static Turnstile ofCounter(String implementation) {
        return switch (implementation) {
            case "leaklab" -> {
                WaitGroup counter = new WaitGroup();
                counter.add(1);
                yield new LeaklabCounter(counter);
            }
            case "count-down-latch" -> new LatchCounter();
            case "phaser" -> new PhaserCounter();
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

    /** A wait group of leaklab, used again and again. */
    record LeaklabCounter(WaitGroup counter) implements Turnstile {
        @Override
        public void open() {
            counter.done();
        }

        @Override
        public void pass() throws InterruptedException {
            counter.await();
            counter.add(1);
        }
    }

    /** Latches, which are good for one time only. */
    final class LatchCounter implements Turnstile {
        private volatile CountDownLatch latch = new CountDownLatch(1);

        @Override
        public void open() {
            latch.countDown();
        }

        @Override
        public void pass() throws InterruptedException {
            latch.await();
            latch = new CountDownLatch(1);
        }
    }

    /** A phaser, a phase for each time. */
    final class PhaserCounter implements Turnstile {
        private final Phaser phaser = new Phaser(1);
        private int phase; // of the one thread that passes

        @Override
        public void open() {
            phaser.arrive();
        }

        @Override
        public void pass() throws InterruptedException {
            phase = phaser.awaitAdvanceInterruptibly(phase);
        }
    }
}
