package org.leaklab.heapdump.suspect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.leaklab.heapdump.graph.Edges;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.primitive.IntQueue;
import org.leaklab.heapdump.suspect.Pools.Pool;

/**
 * Every worker of a pool waits for a task that stands in the queue of this pool, or for what only such a task can give.
 * A future that stands there is seen at once. Of anything else, a latch for example, it is enough that nothing but the
 * queue and the stacks of the workers leads to it.
 */
final class PoolStarvation {

    private static final String FUTURE = "java.util.concurrent.CompletableFuture";
    private static final int MOST = 200_000;

    private final Scene scene;
    private final Pools pools;

    PoolStarvation(Scene scene) {
        this.scene = scene;
        this.pools = new Pools(scene);
    }

    List<Suspect> find() {
        List<DumpThread> workers = scene.open().stream()
                .filter(thread -> thread.isSuspended() && !Pools.isIdle(thread))
                .toList();
        List<Suspect> found = new ArrayList<>();
        for (Pool pool : pools.of(workers)) {
            if (pool.workers().size() >= pool.least() && pool.workers().stream().allMatch(this::isBusyWaiting)) {
                found.addAll(starved(pool));
            }
        }
        return found;
    }

    private boolean isBusyWaiting(DumpThread thread) {
        return scene.leaked.contains(thread)
                || scene.isOpen(thread) && thread.isSuspended() && !Pools.isIdle(thread) && !thread.waitsForOwner();
    }

    private List<Suspect> starved(Pool pool) {
        Set<Integer> queued = queued(pool);
        List<DumpThread> others = new ArrayList<>();
        List<DumpThread> waiting = new ArrayList<>();
        for (DumpThread worker : pool.workers()) {
            if (!scene.leaked.contains(worker)) {
                waiting.add(worker);
                if (!queued.contains(future(worker))) {
                    others.add(worker);
                }
            }
        }
        if (waiting.isEmpty() || !others.isEmpty() && !onlyQueueLeadsTo(pool, waiting, others)) {
            return List.of();
        }
        String because = (pool.workers().size() == 1
                        ? "the only worker"
                        : "all " + pool.workers().size() + " workers")
                + " of a " + pools.name(pool.object())
                + (pool.workers().size() == 1 ? " waits" : " wait")
                + " for what only tasks in the queue of this pool can give, and nobody is left to run them; it is wrong if"
                + " somebody gives the pool more threads, cancels those tasks, or runs them elsewhere";
        return waiting.stream()
                .map(worker -> new Suspect(worker, Suspicion.POOL_STARVATION, because))
                .toList();
    }

    /** What a thread waits for the completion of, or -1. */
    private int future(DumpThread thread) {
        int blocker = thread.blocker();
        if (scene.is(blocker, FUTURE + "$Signaller")) {
            for (int future : scene.heldByFramesOf(thread, FUTURE)) {
                return future;
            }
        }
        return blocker;
    }

    /** The tasks that nobody has begun, with the futures that complete when they do. */
    private Set<Integer> queued(Pool pool) {
        Edges edges = new Edges(scene.heap);
        Set<Integer> seen = new HashSet<>(pool.queues());
        IntQueue todo = new IntQueue();
        pool.queues().forEach(todo::add);
        while (!todo.isEmpty() && seen.size() < MOST) {
            int object = todo.remove();
            if (isOfQueue(object)) {
                edges.each(object, to -> {
                    if (to >= 0 && seen.add(to)) {
                        todo.add(to);
                    }
                });
            }
        }
        return seen;
    }

    /** Whether an object is part of a queue, a task of the JDK, or a future; what leads to the pool itself is not. */
    private boolean isOfQueue(int object) {
        String type = scene.heap.typeName(object);
        return !scene.heap.isClass(object)
                && type.startsWith("java.util.")
                && !type.startsWith("java.util.concurrent.locks.")
                && !scene.is(object, "java.lang.Thread")
                && !scene.is(object, "java.util.concurrent.AbstractExecutorService");
    }

    /** Whether nothing but the queue, and those who wait, lead to what some of the workers wait on. */
    private boolean onlyQueueLeadsTo(Pool pool, List<DumpThread> waiting, List<DumpThread> others) {
        Flood flood = new Flood(scene);
        pool.queues().forEach(flood::cut);
        for (DumpThread worker : waiting) {
            boolean isAsked = others.contains(worker);
            flood.add(worker, isAsked, isAsked ? scene.threads.waitsOn(worker) : new int[0]);
        }
        return flood.run().size() == others.size();
    }
}
