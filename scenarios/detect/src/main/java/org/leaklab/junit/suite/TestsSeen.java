package org.leaklab.junit.suite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.Origin;
import org.leaklab.detect.ThreadSource;

/**
 * Which tests ran, and which of them may have started a thread.
 *
 * <p>The JDK numbers threads in the order in which they are made. So the numbers that were given out while a test was
 * under way tell which threads were made meanwhile, and nobody has to list threads at each test. Who started a thread
 * is known better by an {@link Origin}: it is open on the thread that runs the test, and passes on to all threads that
 * are started there. It is certain only of these. Threads that such a thread starts have the same origin, but that
 * thread may be a worker of a pool, which starts them for another test.
 *
 * <p>Invariant: a test that has ended without a thread being made meanwhile is forgotten, with its origin, for no
 * thread can be its. All others are kept. Each test is begun and ended once; different tests on any threads at the same
 * time. No lock is held while other code runs.
 *
 * <p>An engine that tells of a test on another thread than the one that runs it would give a test's origin to others.
 * If a test ends on another thread than it began on, no origin counts any more.
 */
final class TestsSeen {

    /**
     * A test, or what holds tests: the own code of a class runs before and after them.
     *
     * @param id the unique id that JUnit gave it
     * @param name for people
     * @param type the name of its class; its own name if it has no class
     */
    record Test(String id, String name, String type) {}

    /**
     * Who started a thread.
     *
     * @param tests one of these did; empty if no test was under way
     * @param certain whether the thread that ran the test has started it, and not only the time says so
     * @param through the test of which a thread has started it; null if there is none. A worker of a pool that this
     *     test made does so for any other test.
     */
    record Starter(
            List<Test> tests, boolean certain, @Nullable Test through) {

        /** Says it in words that fit behind the description of a thread. */
        String words() {
            if (certain) {
                return "started by " + tests.getFirst().name();
            }
            if (through != null && tests.equals(List.of(through))) {
                return "started by a thread of " + through.name();
            }
            return "started " + (through == null ? "" : "by a thread of " + through.name() + ", ") + when();
        }

        /** The class of all tests that may have had a part in it; null if there is none, or several. */
        @Nullable
        String type() {
            Set<String> types = tests.stream().map(Test::type).collect(Collectors.toCollection(HashSet::new));
            if (through != null) {
                types.add(through.type());
            }
            return tests.isEmpty() || types.size() > 1 ? null : types.iterator().next();
        }

        private String when() {
            if (tests.isEmpty()) {
                return "while no test was under way";
            }
            String names =
                    String.join(", ", tests.stream().map(Test::name).limit(5).toList())
                            + (tests.size() > 5 ? " and " + (tests.size() - 5) + " more" : "");
            return "while " + (tests.size() == 1 ? "only " + names + " was" : names + " were") + " under way";
        }
    }

    private static final class Window {
        final Test test;
        final Origin origin;
        final long from;
        final Origin.Opened opened;
        volatile @Nullable Thread runs = Thread.currentThread();
        volatile long to = Long.MAX_VALUE;

        Window(Test test) {
            this.test = test;
            this.origin = new Origin(test.name());
            this.from = ThreadNumbers.next();
            this.opened = origin.open();
        }

        boolean covers(long threadId) {
            return from < threadId && threadId < to;
        }
    }

    private final Map<String, Window> underWay = new ConcurrentHashMap<>();

    /** All that are kept, by what their threads take over. */
    private final Map<Origin, Window> kept = new ConcurrentHashMap<>();

    private volatile boolean originsCount = true;

    /** Called on the thread that will run the test. */
    void begin(Test test) {
        Window window = new Window(test);
        kept.put(window.origin, window);
        underWay.put(test.id(), window);
    }

    /** Called on the thread that has run the test. Does nothing for a test that has not begun. */
    void end(String id) {
        Window window = underWay.remove(id);
        if (window == null) {
            return;
        }
        if (window.runs == Thread.currentThread()) {
            window.opened.close();
        } else {
            originsCount = false;
        }
        window.runs = null;
        window.to = ThreadNumbers.next();
        if (window.to - window.from == 1) {
            kept.remove(window.origin);
        }
    }

    /** Who started a thread, as far as it is known. */
    Starter starter(ThreadSource.Watched watched) {
        long id = watched.thread().threadId();
        Origin origin = Origin.of(watched);
        Window of = origin == null || !originsCount ? null : kept.get(origin);
        if (of != null && of.covers(id) && Origin.isDirect(watched)) {
            return new Starter(List.of(of.test), true, null);
        }
        List<Test> during = new ArrayList<>();
        for (Window each : kept.values()) {
            if (each.covers(id)) {
                during.add(each.test);
            }
        }
        return new Starter(innermost(during), false, of == null ? null : of.test);
    }

    /** Whether a test runs on the current thread. */
    boolean isOnThisThread() {
        return underWay.values().stream().anyMatch(each -> each.runs == Thread.currentThread());
    }

    /** Without those that only hold others of these. */
    private static List<Test> innermost(Collection<Test> tests) {
        return tests.stream()
                .filter(outer -> tests.stream()
                        .noneMatch(inner -> inner != outer && inner.id().startsWith(outer.id() + "/")))
                .toList();
    }

    /** Gives out numbers of threads in their order. */
    static final class ThreadNumbers {
        private ThreadNumbers() {}

        /** The number of a thread that is made now, and never started. */
        static long next() {
            return Thread.ofPlatform()
                    .inheritInheritableThreadLocals(false)
                    .unstarted(() -> {})
                    .threadId();
        }

        /** Whether this JDK numbers threads in the order in which they are made; it does not promise that. */
        static boolean ascend() {
            long first = next();
            long second = next();
            return first < second && second < next();
        }
    }
}
