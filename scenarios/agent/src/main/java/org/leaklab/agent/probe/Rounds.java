package org.leaklab.agent.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Makes rounds: arms, collects, puts back.
 *
 * <p>No frame from {@link #make} on holds a thread while the collection runs. Callers keep to it as well.
 */
final class Rounds {

    private final Life life;
    private final Duration limit;
    private final String failure;
    private final List<Times> times = new ArrayList<>();
    private Map<String, Integer> cleared = Map.of();

    Rounds(Life life, Duration limit, String failure) {
        this.life = life;
        this.limit = limit;
        this.failure = failure;
    }

    /** References that something alive held, and that the last collection has cleared, by the name of their class. */
    Map<String, Integer> cleared() {
        return cleared;
    }

    /** The rounds so far. */
    List<Times> times() {
        return times;
    }

    /**
     * Makes one round.
     *
     * @param arming what is armed; holds no thread afterwards
     * @return the sentinels of the threads that nobody reached
     * @throws InterruptedException if the current thread is interrupted; all reachable threads are back then
     */
    List<HandlerSentinel> make(Counts counts, Consumer<Arming> arming) throws InterruptedException {
        Round round = new Round();
        boolean abandoned = false;
        life.round(round);
        try {
            long start = System.nanoTime();
            long collecting;
            int armed;
            synchronized (Pending.lock()) {
                arming.accept(new Arming(round, counts, life));
                armed = round.close().size();
                collecting = System.nanoTime();
                life.sign();
                Failure.at("arming", failure);
                Collector.collect();
                round.pending().take();
            }
            Failure.at("collection", failure);
            life.sign();
            long collected = System.nanoTime();
            List<Armed> out = round.restore(counts, life);
            long restored = System.nanoTime();
            round.pending().enqueue();
            int late = await(round, out);
            Failure.pause("finalizers", failure);
            long done = System.nanoTime();
            List<HandlerSentinel> revived = round.takeRevived();
            int found = count(revived, counts);
            cleared = round.pending().cleared();
            times.add(new Times(
                    collecting - start,
                    collected - collecting,
                    restored - collected,
                    done - restored,
                    armed,
                    found,
                    late));
            return revived;
        } catch (Failure e) {
            abandoned = true; // as if this thread were gone
            throw e;
        } finally {
            if (!abandoned) {
                round.restore(counts, life);
                round.pending().enqueue();
                round.leave();
                life.round(null);
            }
        }
    }

    /** How many of them have not ended meanwhile: a thread that has ended is not reached either. */
    private static int count(List<HandlerSentinel> revived, Counts counts) {
        int found = 0;
        for (HandlerSentinel each : revived) {
            Return how = Objects.requireNonNull(each.how);
            counts.revived(each.armed.kind, how);
            found += how == Return.WHOLE ? 1 : 0;
        }
        return found;
    }

    /** Waits until finalizers have put the others back. How many they have not. */
    private int await(Round round, List<Armed> out) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        int left = round.stillOut(out);
        while (left > 0 && System.nanoTime() - deadline < 0) {
            life.sign();
            Thread.sleep(1);
            left = round.stillOut(out);
        }
        return left;
    }
}
