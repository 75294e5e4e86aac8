package org.leaklab.agent.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Plants two virtual threads, one that nothing can reach and one that this object holds, and lets go of these two
 * alone. If a collection does not tell them apart, the threads of the program must not be touched. Both end afterwards.
 */
final class SelfTest {

    /** A JVM that has not collected for so long is not busy, and can stand one more collection. */
    private static final long QUIET_MILLIS = 1000;

    /** A server under load may have many threads before these in line for its carriers. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final Rounds rounds;
    private final Life life;
    private final List<Long> planted = new ArrayList<>();

    /** Held, so that a collection must not find it. */
    private @Nullable Thread live;

    SelfTest(Rounds rounds, Life life) {
        this.rounds = rounds;
        this.life = life;
    }

    /**
     * Makes the test.
     *
     * @throws Refusal if it fails
     */
    void run() throws Refusal, InterruptedException {
        if (Collector.millisSinceLast() > QUIET_MILLIS) {
            Collector.collect(); // else the round after this one would clear soft references that this one keeps
            life.sign();
        }
        Counts counts = new Counts();
        try {
            live = start(Planted.LIVE);
            if (!Jdk.isParked(live)) {
                throw noCarrier();
            }
            long leaked = start(Planted.LEAKED).threadId();
            List<HandlerSentinel> revived = rounds.make(counts, arming -> arm(arming, leaked));
            if (counts.get(Kind.ROOT, Counts.What.ARMED) != 2) {
                throw noCarrier();
            }
            boolean found = revived.size() == 1 && isLeaked(revived.getFirst());
            if (!found || counts.get(Kind.ROOT, Counts.What.KEPT) != 1) {
                throw new Refusal("the self-test failed: a collection of this JVM did not tell a thread that nobody"
                        + " reaches from one that is held: analyse a heap dump");
            }
        } finally {
            endAll();
        }
    }

    private static Refusal noCarrier() {
        return new Refusal("no carrier of this JVM is free to run a virtual thread within "
                + TimeUnit.NANOSECONDS.toSeconds(PATIENCE)
                + " s, so the self-test cannot be made: see with jcmd Thread.print what the carriers do");
    }

    /** Identifiers of what was planted; it may take its time to end. */
    List<Long> planted() {
        return planted;
    }

    private static boolean isLeaked(HandlerSentinel sentinel) {
        return sentinel.how == Return.WHOLE
                && sentinel.watched().thread().getName().equals(Planted.LEAKED)
                && Jdk.isParked(sentinel.watched().thread());
    }

    /** No frame holds the leaked one when this returns. */
    private void arm(Arming arming, long leaked) {
        for (Thread thread : Jdk.uncontained()) {
            if (thread == live || thread.threadId() == leaked) {
                arming.one(thread);
            }
        }
    }

    private Thread start(String name) throws InterruptedException {
        Thread thread = Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .start(new Planted());
        planted.add(thread.threadId());
        long deadline = System.nanoTime() + PATIENCE;
        while (!Jdk.isParked(thread) && System.nanoTime() - deadline < 0) {
            life.sign();
            Thread.sleep(1);
        }
        return thread;
    }

    /**
     * Ends what was planted and is in its set. Called by the watchdog as well, which has seen the probe's signs of life
     * since.
     */
    void endAll() {
        for (Thread thread : Jdk.uncontained()) {
            if (planted.contains(thread.threadId())) {
                thread.interrupt();
            }
        }
    }

    /** Waits until it is interrupted. */
    private static final class Planted implements Runnable {

        static final String LEAKED = "leaklab-live-leaked";
        static final String LIVE = "leaklab-live-held";

        @Override
        public void run() {
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.park(this);
            }
        }
    }
}
