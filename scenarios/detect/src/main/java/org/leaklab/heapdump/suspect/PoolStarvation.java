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
    private static final int[] NONE = {};

    private final Scene scene;
    private final Pools pools;

    PoolStarvation(Scene scene) {
        this.scene = scene;
        this.pools = new Pools(scene);
    }

    List<Suspect> find() {
        List<DumpThread> workers = scene.open().stream()
                .filter(thread -> scene.of(thread).isSuspended() && !pools.isIdle(thread))
                .toList();
        List<Pool> waiting = pools.of(workers).stream()
                .filter(pool -> !pool.starting()
                        && pool.workers().size() >= pool.least()
                        && pool.workers().stream().allMatch(thread -> isBusyWaiting(thread, pool)))
                .toList();
        List<Suspect> found = new ArrayList<>();
        List<Pool> rest = new ArrayList<>();
        for (Pool pool : waiting) {
            List<Pool> alone = starved(List.of(pool));
            if (alone.isEmpty()) {
                rest.add(pool);
            } else {
                found.addAll(suspects(pool, 0));
            }
        }
        List<Pool> together = rest.size() < 2 ? List.of() : starved(rest); // they may wait for each other
        together.forEach(pool -> found.addAll(suspects(pool, together.size() - 1)));
        return found;
    }

    private boolean isBusyWaiting(DumpThread thread, Pool pool) {
        if (scene.leaked.contains(thread)) {
            return true;
        }
        DumpThread owner = scene.of(thread).owner();
        return scene.isOpen(thread)
                && scene.of(thread).isSuspended()
                && !pools.isIdle(thread)
                && (!scene.of(thread).waitsForOwner()
                        || owner != null && pool.workers().contains(owner));
    }

    /** Those of some pools whose workers all wait for what only tasks in the queues of these pools can give. */
    private List<Pool> starved(List<Pool> all) {
        List<Pool> pools = new ArrayList<>(all);
        boolean fewer = true;
        while (fewer && !pools.isEmpty()) {
            Set<Integer> queued = new HashSet<>();
            pools.forEach(pool -> queued.addAll(queued(pool)));
            Set<DumpThread> free = free(pools, queued);
            fewer = pools.removeIf(pool ->
                    pool.workers().stream().anyMatch(free::contains) || scene.leaked.containsAll(pool.workers()));
        }
        return pools;
    }

    /** The workers that something else leads to what they wait on. */
    private Set<DumpThread> free(List<Pool> pools, Set<Integer> queued) {
        Flood flood = new Flood(scene);
        Set<DumpThread> asked = new HashSet<>();
        for (Pool pool : pools) {
            pool.queues().forEach(flood::cut);
            for (DumpThread worker : pool.workers()) {
                boolean isAsked = !scene.leaked.contains(worker) && !queued.contains(future(worker));
                if (isAsked) {
                    asked.add(worker);
                }
                flood.add(
                        worker,
                        isAsked,
                        isAsked && !scene.of(worker).waitsForOwner() ? scene.threads.waitsOn(worker) : NONE);
            }
        }
        if (!asked.isEmpty()) {
            asked.removeAll(flood.run());
        }
        return asked;
    }

    private List<Suspect> suspects(Pool pool, int others) {
        int count = pool.workers().size();
        String because = (count == 1 ? "The only worker" : "Each of the " + count + " workers") + " of a "
                + pools.name(pool.object()) + " waits for what only tasks in the queue of this pool"
                + (others == 0 ? "" : ", or of " + others + (others == 1 ? " other" : " others") + " like it,")
                + " can give, and no worker is left to run them. This is wrong if other code adds workers, cancels these"
                + " tasks or runs them.";
        return pool.workers().stream()
                .filter(worker -> !scene.leaked.contains(worker))
                .map(worker -> new Suspect(worker, Suspicion.POOL_STARVATION, because))
                .toList();
    }

    /** What a thread waits for the completion of, or -1. */
    private int future(DumpThread thread) {
        int blocker = scene.of(thread).blocker();
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
            if (pool.queues().contains(object) || isOfQueue(object)) {
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
                && (type.startsWith("java.util.") || type.equals("java.lang.Object[]"))
                && !type.startsWith("java.util.concurrent.locks.")
                && !scene.is(object, "java.lang.Thread")
                && !scene.is(object, "java.util.concurrent.AbstractExecutorService");
    }
}
