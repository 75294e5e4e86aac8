package org.leaklab.heapdump.suspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.ThreadFacts;

/** The executors of a dump, as the fields of the JDK's classes and of Netty's event loops show them. */
final class Pools {

    static final String THREAD_POOL = "java.util.concurrent.ThreadPoolExecutor";
    static final String FORK_JOIN = "java.util.concurrent.ForkJoinPool";
    static final String PER_TASK = "java.util.concurrent.ThreadPerTaskExecutor";
    static final String FLOCK = "jdk.internal.misc.ThreadFlock";
    private static final String EVENT_LOOP = "io.netty.util.concurrent.SingleThreadEventExecutor";
    private static final List<String> QUEUES_OF_EVENT_LOOP = List.of("taskQueue", "scheduledTaskQueue", "tailTasks");
    private static final String WORKER = "java.util.concurrent.ThreadPoolExecutor$Worker";
    private static final String FORK_JOIN_WORKER = "java.util.concurrent.ForkJoinWorkerThread";

    private final Scene scene;
    private final boolean hasEventLoops;

    /** By stack, which most threads share with others. */
    private final Map<Stack, Boolean> idle = new HashMap<>();

    private final Map<Stack, Boolean> runsWorker = new HashMap<>();

    Pools(Scene scene) {
        this.scene = scene;
        this.hasEventLoops = scene.heap.classByName(EVENT_LOOP) != null;
    }

    /**
     * A pool that runs tasks from a queue.
     *
     * @param object its number
     * @param workers all its workers that have been started
     * @param starting whether there are others
     * @param least with fewer workers than this it would start one more for the next task
     * @param queues the objects that hold the tasks that nobody has begun
     */
    record Pool(int object, List<DumpThread> workers, boolean starting, int least, List<Integer> queues) {}

    /** The pools that some threads work for. */
    List<Pool> of(List<DumpThread> workers) {
        Map<Integer, Pool> pools = new LinkedHashMap<>();
        for (DumpThread thread : workers) {
            int pool = poolOf(thread);
            if (pool >= 0) {
                pools.computeIfAbsent(pool, this::read);
            }
        }
        return new ArrayList<>(pools.values());
    }

    private int poolOf(DumpThread thread) {
        int object = scene.threads.object(thread);
        if (scene.is(object, FORK_JOIN_WORKER)) {
            return scene.is(object, NoCarrier.CARRIER) ? -1 : scene.fields.reference(object, "pool");
        }
        int task = scene.follow(object, "holder", "task");
        if (scene.is(task, WORKER)) {
            return scene.fields.reference(task, "this$0");
        }
        if (!runsWorker.computeIfAbsent(thread.stack(), Pools::runsWorker)) {
            return hasEventLoops ? eventLoopOf(thread) : -1;
        }
        for (int worker : scene.heldByFramesOf(thread, WORKER)) {
            return scene.fields.reference(worker, "this$0");
        }
        for (int pool : scene.heldByFramesOf(thread, THREAD_POOL)) {
            return pool;
        }
        return -1;
    }

    private static boolean runsWorker(Stack stack) {
        return stack.frames().stream().anyMatch(frame -> frame.isOf(WORKER));
    }

    /** The event loop that a thread runs, or -1: one that a frame shows, and that says so too. */
    private int eventLoopOf(DumpThread thread) {
        int object = scene.threads.object(thread);
        for (int held : scene.threads.held(thread, 0, thread.stack().size())) {
            if (scene.is(held, EVENT_LOOP) && scene.fields.reference(held, "thread") == object) {
                return held;
            }
        }
        return -1;
    }

    private Pool read(int pool) {
        if (scene.is(pool, EVENT_LOOP)) {
            List<Integer> queues = QUEUES_OF_EVENT_LOOP.stream()
                    .map(queue -> scene.fields.reference(pool, queue))
                    .filter(queue -> queue >= 0)
                    .toList();
            return pool(pool, List.of(scene.fields.reference(pool, "thread")), 1, queues);
        }
        if (!scene.is(pool, FORK_JOIN)) {
            List<Integer> threads = new ArrayList<>();
            for (int worker : keys(scene.fields.reference(pool, "workers"))) {
                threads.add(scene.fields.reference(worker, "thread"));
            }
            int queue = scene.fields.reference(pool, "workQueue");
            int core = scene.fields.number(pool, "corePoolSize", Integer.MAX_VALUE);
            return pool(pool, threads, core, queue < 0 ? List.of() : List.of(queue));
        }
        List<Integer> threads = new ArrayList<>();
        List<Integer> queues = new ArrayList<>();
        int all = scene.fields.reference(pool, "queues");
        for (int queue : all < 0 ? new int[0] : scene.fields.elements(all)) {
            queues.add(queue);
            if (scene.fields.isSet(queue, "owner")) {
                threads.add(scene.fields.reference(queue, "owner"));
            }
        }
        return pool(pool, threads, scene.fields.number(pool, "parallelism", Integer.MAX_VALUE), queues);
    }

    private Pool pool(int pool, List<Integer> threads, int least, List<Integer> queues) {
        List<DumpThread> workers = new ArrayList<>();
        threads.forEach(thread -> add(workers, thread));
        return new Pool(pool, workers, workers.size() < threads.size(), least, queues);
    }

    private void add(List<DumpThread> threads, int object) {
        DumpThread thread = scene.threads.of(object);
        if (thread != null) {
            threads.add(thread);
        }
    }

    /** The threads that an executor or a flock waits for until it is closed; none for another object. */
    List<DumpThread> members(int object) {
        if (scene.is(object, THREAD_POOL) || scene.is(object, FORK_JOIN)) {
            return read(object).workers();
        }
        List<DumpThread> threads = new ArrayList<>();
        if (scene.is(object, PER_TASK) || scene.is(object, FLOCK)) {
            keys(scene.fields.reference(object, "threads")).forEach(thread -> add(threads, thread));
        }
        return threads;
    }

    /**
     * The keys of a map, or the elements of a set that is made of one; of {@code HashMap} and
     * {@code ConcurrentHashMap}.
     */
    Set<Integer> keys(int set) {
        int map = set;
        for (int i = 0; i < 3 && map >= 0 && !scene.fields.isSet(map, "table"); i++) {
            map = scene.fields.reference(map, "map");
        }
        int table = map < 0 ? -1 : scene.fields.reference(map, "table");
        Set<Integer> keys = new HashSet<>();
        Set<Integer> nodes = new HashSet<>();
        for (int first : table < 0 ? new int[0] : scene.fields.elements(table)) {
            int start = scene.fields.isSet(first, "first") ? scene.fields.reference(first, "first") : first;
            int node = start;
            while (node >= 0 && nodes.add(node)) { // a damaged dump may lead in a circle
                keys.add(scene.fields.reference(node, "key"));
                node = scene.fields.reference(node, "next");
            }
        }
        keys.remove(-1);
        return keys;
    }

    /** Whether a worker has no task. */
    boolean isIdle(DumpThread thread) {
        return idle.computeIfAbsent(thread.stack(), Pools::isIdle);
    }

    private static boolean isIdle(Stack stack) {
        return ThreadFacts.isIn(stack, THREAD_POOL, "getTask")
                || ThreadFacts.isIn(stack, FORK_JOIN, "awaitWork", "deactivate")
                || stack.frames().stream()
                        .anyMatch(frame ->
                                frame.isOf(EVENT_LOOP) && frame.method().equals("takeTask"));
    }

    /** The short name of a pool's class. */
    @Nullable
    String name(int pool) {
        String type = scene.heap.typeName(pool);
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
