package org.leaklab.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.testing.Eventually;

/**
 * Lets many threads loose on a {@link Traffic}, interrupts and cancels them at random, closes it under their hands, and
 * says what is wrong afterwards: an item must have been received exactly once if its send succeeded, else never.
 */
final class Conservation {

    private static final int WORKERS = 6;
    private static final int STEPS = 300;
    private static final long PAUSE_NANOS = 20_000;

    private Conservation() {}

    /** One round; everything that is random comes from the seed, but for the scheduling of the threads. */
    static List<String> round(Launcher threads, Traffic traffic, long seed) throws InterruptedException {
        return round(List.of(threads), traffic, seed);
    }

    /** The same with the workers spread over several launchers. */
    static List<String> round(List<Launcher> launchers, Traffic traffic, long seed) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Context root = Context.background().withCancel();
        List<Context> all = new ArrayList<>();
        AtomicReferenceArray<Context> contexts = new AtomicReferenceArray<>(WORKERS);
        List<Tally> tallies = new ArrayList<>();
        List<Call<@Nullable Void>> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            int worker = i;
            contexts.set(worker, root.withCancel());
            Launcher threads = launchers.get(worker % launchers.size());
            Tally tally = new Tally(worker);
            SplittableRandom own = random.split();
            tallies.add(tally);
            workers.add(new Call<>(threads, "worker " + worker, () -> {
                for (int step = 0; step < STEPS; step++) {
                    try {
                        traffic.step(own, contexts.get(worker), tally);
                    } catch (ClosedException e) { // nothing was sent or received
                        assertThat(e).hasMessageStartingWith("send on closed channel");
                    } catch (InterruptedException | CancelledException e) {
                        // then nothing was sent or received
                    }
                }
                return null;
            }));
        }
        disturb(traffic, random, () -> root.withCancel(), contexts, all, workers);
        List<String> complaints = new ArrayList<>();
        for (Call<?> worker : workers) {
            if (worker.failure() != null) {
                complaints.add("failed: " + worker.failure());
            }
        }
        Tally rest = new Tally(WORKERS);
        traffic.drain(rest);
        tallies.add(rest);
        complaints.addAll(Tally.complaints(tallies));
        if (traffic.waiting() > 0) {
            complaints.add(traffic.waiting() + " waiters left behind");
        }
        for (int worker = 0; worker < WORKERS; worker++) {
            all.add(contexts.get(worker));
        }
        for (Context context : all) {
            int listening = ((Channel<Void>) context.done()).waitingReceivers();
            if (listening > 0) {
                complaints.add(listening + " waiters left on a context");
            }
            if (context.dependents() > 0) {
                complaints.add(context.dependents() + " dependents left on a context");
            }
            context.close();
        }
        if (root.dependents() > 0) {
            complaints.add(root.dependents() + " dependents left on the root");
        }
        for (Launcher threads : launchers) {
            if (!threads.awaitLive(0, Eventually.PATIENCE)) {
                complaints.add("threads left: " + threads.live());
            }
        }
        return complaints;
    }

    /** Interrupts and cancels until all workers are through; closes the traffic on the way. */
    private static void disturb(
            Traffic traffic,
            SplittableRandom random,
            Supplier<Context> anew,
            AtomicReferenceArray<Context> contexts,
            List<Context> cancelled,
            List<Call<@Nullable Void>> workers) {
        long giveUp = System.nanoTime() + Eventually.PATIENCE.toNanos();
        int closeAt = random.nextInt(50, 400);
        boolean closed = false;
        for (int disturbance = 0; !workers.stream().allMatch(Call::isOver); disturbance++) {
            int worker = random.nextInt(WORKERS);
            if (random.nextBoolean()) {
                workers.get(worker).interrupt();
            } else {
                Context before = contexts.getAndSet(worker, anew.get());
                before.cancel();
                cancelled.add(before);
            }
            if (disturbance == closeAt) {
                traffic.close();
                closed = true;
            }
            if (System.nanoTime() - giveUp > 0) {
                break; // the calls say where they hang
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (!closed) {
            traffic.close();
        }
    }
}
