package org.leaklab.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.leaklab.core.ThreadKind;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.Link;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.Findings.Verdict;
import org.leaklab.heapdump.testing.ChildJvm;
import org.leaklab.testing.Eventually;

/** What the dump of a process does not say of its threads, and the process itself does. */
class LiveEvidenceTest {

    private static final int CARRIERS = 8;

    @TempDir
    private Path directory;

    /** Mounted threads keep their carriers, so there must be enough of these. */
    private static final List<String> ENOUGH_CARRIERS = List.of("-Djdk.virtualThreadScheduler.parallelism=" + CARRIERS);

    private static final List<String> COMPILED = List.of(
            "-Xcomp", "-XX:CompileCommand=quiet", "-XX:CompileCommand=compileonly," + Kept.class.getName() + "::keep");

    private static String owner(Findings found, String name) {
        return found.leaked().stream()
                .filter(thread -> thread.name().equals(name))
                .map(LeakedThread::owner)
                .map(ThreadName::name)
                .findFirst()
                .orElse("nobody");
    }

    private static List<String> heldBy(Findings found, String name) {
        return found.waiting().stream()
                .filter(group -> group.threads().stream().map(ThreadName::name).anyMatch(name::equals))
                .flatMap(group -> group.heldBy().stream())
                .toList();
    }

    private static void assumeStacksOf(ThreadKind kind) {
        assumeTrue(kind == ThreadKind.PLATFORM || Runtime.version().feature() > 21, "the dump has no virtual stacks");
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void classesThatInitializeEachOtherAreProven(ThreadKind kind) throws Exception {
        assumeStacksOf(kind);
        try (ChildJvm child = ChildJvm.start(ENOUGH_CARRIERS, Initializing.class, kind.name());
                RunningJvm jvm = RunningJvm.attach(child.pid(), directory)) {
            jvm.dump();
            Findings found = HeapDump.analyse(jvm, Analysis.ofProcess(jvm), false, HeapDump.Progress.NONE);
            assertThat(found.leaked())
                    .extracting(LeakedThread::name)
                    .containsExactlyInAnyOrder("first", "second", "holds a class", "holds a lock", "parent", "child");
            assertThat(found.leaked())
                    .filteredOn(thread -> thread.cause() == Cause.CLASS_INITIALIZATION)
                    .extracting(LeakedThread::name)
                    .containsExactlyInAnyOrder("first", "second", "holds a lock", "parent", "child");
            assertThat(found.leaked()).allMatch(LeakedThread::confirmed);
            assertThat(owner(found, "first")).isEqualTo("second");
            assertThat(owner(found, "holds a class")).isEqualTo("holds a lock");
            assertThat(owner(found, "parent")).isEqualTo("child");
            assertThat(found.circles()).hasSize(3);
            assertThat(found.circles().getFirst().links())
                    .extracting(Link::wants)
                    .anyMatch(wants -> wants.startsWith("the initialization of class " + Initializing.class.getName()));
            assertThat(heldBy(found, "waits for the sleeper"))
                    .singleElement()
                    .satisfies(by -> assertThat(by).startsWith("thread \"sleeps\", which initializes class "));
        }
    }

    /** The loaders of two keys of a map wait for each other, as in a cache; each computes within a bin of the map. */
    public static final class Computing {

        private static final ConcurrentHashMap<Integer, Integer> MAP = new ConcurrentHashMap<>();
        private static final CyclicBarrier BOTH = new CyclicBarrier(2);

        private Computing() {}

        private static int compute(int key, int other) {
            return MAP.compute(key, (k, v) -> {
                try {
                    BOTH.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return MAP.compute(other, (k2, v2) -> 1);
            });
        }

        public static void main(String[] arguments) throws IOException {
            Thread.Builder builder =
                    ThreadKind.valueOf(arguments[0]) == ThreadKind.VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform();
            List<Thread> both = List.of(
                    builder.name("one").start(() -> compute(1, 2)),
                    builder.name("two").start(() -> compute(2, 1)));
            both.forEach(thread -> Eventually.until(() -> thread.getState() == Thread.State.BLOCKED));
            Thread third = builder.name("three").start(() -> MAP.compute(1, (k, v) -> 1));
            Eventually.until(() -> third.getState() == Thread.State.BLOCKED);
            System.out.println("ready");
            while (System.in.read() >= 0) {}
            Runtime.getRuntime().halt(0);
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void aMapThatIsComputedInItselfIsADeadlock(ThreadKind kind) throws Exception {
        assumeTrue(kind == ThreadKind.PLATFORM || Runtime.version().feature() >= 24, "blocked threads are mounted");
        try (ChildJvm child = ChildJvm.start(List.of(), Computing.class, kind.name());
                RunningJvm jvm = RunningJvm.attach(child.pid(), directory)) {
            jvm.dump();
            Findings found = HeapDump.analyse(jvm, Analysis.ofProcess(jvm), false, HeapDump.Progress.NONE);
            assertThat(found.leaked()).extracting(LeakedThread::name).containsExactlyInAnyOrder("one", "two", "three");
            assertThat(found.leaked()).allMatch(thread -> thread.cause() == Cause.DEADLOCK);
            assertThat(owner(found, "three")).isEqualTo("one");
            assertThat(found.circles()).hasSize(1);
        }
    }

    /** A platform thread in a compiled {@code synchronized} method, whose frame does not show what it has entered. */
    public static final class Kept {

        private static final Kept ROOM = new Kept();

        private Kept() {}

        private synchronized void keep(CountDownLatch latch) throws InterruptedException {
            latch.await();
        }

        private static Thread own() {
            return Thread.ofPlatform().name("owns").daemon().start(() -> {
                try {
                    ROOM.keep(new CountDownLatch(1));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        private static void enter() {
            synchronized (ROOM) {
                throw new IllegalStateException("came in");
            }
        }

        public static void main(String[] arguments) throws IOException {
            Thread owner = own();
            Eventually.until(() -> owner.getState() == Thread.State.WAITING);
            Thread waiter = Thread.ofVirtual().name("wants").start(Kept::enter);
            Eventually.until(() -> waiter.getState() == Thread.State.BLOCKED);
            System.out.println("ready");
            while (System.in.read() >= 0) {}
            Runtime.getRuntime().halt(0);
        }
    }

    @Test
    void thePrintSaysForWhomAVirtualThreadWaits() throws Exception {
        assumeStacksOf(ThreadKind.VIRTUAL);
        try (ChildJvm child = ChildJvm.start(COMPILED, Kept.class);
                RunningJvm jvm = RunningJvm.attach(child.pid(), directory)) {
            jvm.dump();
            Findings found = HeapDump.analyse(jvm, Analysis.ofProcess(jvm), false, HeapDump.Progress.NONE);
            assertThat(owner(found, "wants")).isEqualTo("owns");
            Findings ofFile = HeapDump.analyse(jvm.file(), Analysis.ofProcess(jvm), HeapDump.Progress.NONE);
            assertThat(owner(ofFile, "wants")).isEqualTo("nobody");
        }
    }

    /** On JDK 22 to 25 nothing shows virtual threads again but another dump. */
    @ParameterizedTest
    @EnumSource(ThreadKind.class)
    void whatIsSeenAgainIsConfirmed(ThreadKind kind) throws Exception {
        assumeStacksOf(kind);
        try (ChildJvm child = ChildJvm.start(List.of(), Planted.class, kind.name());
                RunningJvm jvm = RunningJvm.attach(child.pid(), directory)) {
            jvm.dump();
            Findings once = HeapDump.analyse(jvm, Analysis.ofProcess(jvm), false, HeapDump.Progress.NONE);
            boolean seen = kind == ThreadKind.PLATFORM || jvm.writesVirtualThreads();
            assertThat(once.leaked()).isNotEmpty().allMatch(thread -> thread.confirmed() == seen);
            assertThat(once.notes())
                    .filteredOn(note -> note.contains("--confirm"))
                    .hasSize(seen ? 0 : 1);
            Findings twice = HeapDump.analyse(jvm, Analysis.ofProcess(jvm), true, HeapDump.Progress.NONE);
            assertThat(twice.leaked()).hasSameSizeAs(once.leaked()).allMatch(LeakedThread::confirmed);
            assertThat(twice.notes()).isEmpty();
        }
    }

    /** A virtual thread that nothing holds, and a thread that runs: it could have anything in flight. */
    public static final class Busy {

        private static volatile boolean spin = true;

        private Busy() {}

        /** Keeps no handle on the thread: who holds it could interrupt it. */
        private static void take() {
            Thread taker = Thread.ofVirtual().name("takes").start(() -> {
                try {
                    new SynchronousQueue<String>().take();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            Eventually.until(() -> taker.getState() == Thread.State.WAITING);
        }

        public static void main(String[] arguments) throws IOException {
            Thread.ofPlatform().name("spins").daemon().start(() -> {
                while (spin) {
                    Thread.onSpinWait();
                }
            });
            take();
            System.out.println("ready");
            while (System.in.read() >= 0) {}
            Runtime.getRuntime().halt(0);
        }
    }

    @Test
    void whatCouldBeInFlightIsCertainOnlyWhenItIsConfirmed() throws Exception {
        assumeStacksOf(ThreadKind.VIRTUAL);
        try (ChildJvm child = ChildJvm.start(List.of(), Busy.class);
                RunningJvm jvm = RunningJvm.attach(child.pid(), directory)) {
            jvm.dump();
            LeakedThread once = HeapDump.analyse(jvm, Analysis.ofProcess(jvm), false, HeapDump.Progress.NONE)
                    .leaked()
                    .getFirst();
            boolean seen = jvm.writesVirtualThreads();
            assertThat(once.confirmed()).isEqualTo(seen);
            assertThat(once.verdict()).isEqualTo(seen ? Verdict.CERTAIN : Verdict.UNLESS_INTERRUPTED);
            Findings twice = HeapDump.analyse(jvm, Analysis.ofProcess(jvm), true, HeapDump.Progress.NONE);
            assertThat(twice.leaked().getFirst().verdict()).isEqualTo(Verdict.CERTAIN);
        }
    }

    /** A thread that nothing holds, until somebody lists all threads and wakes it. */
    public static final class Listed {

        private static volatile boolean woken;

        private Listed() {}

        private static void park() {
            while (!woken) {
                LockSupport.park();
            }
            try {
                Thread.sleep(1_000_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Thread find() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("listed"))
                    .findFirst()
                    .orElseThrow();
        }

        public static void main(String[] arguments) throws IOException {
            Thread.ofPlatform().name("listed").daemon().start(Listed::park);
            Eventually.until(() -> find().getState() == Thread.State.WAITING);
            System.out.println("ready");
            while (System.in.read() >= 0) {
                woken = true;
                LockSupport.unpark(find());
                Eventually.until(() -> find().getState() == Thread.State.TIMED_WAITING);
                System.out.println("woken");
            }
            Runtime.getRuntime().halt(0);
        }
    }

    @Test
    void whoHasGoneOnIsDropped() throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(), Listed.class);
                RunningJvm jvm = RunningJvm.attach(child.pid(), directory)) {
            Findings dump = HeapDump.analyse(jvm.dump(), Analysis.ofProcess(jvm), HeapDump.Progress.NONE);
            assertThat(dump.leaked()).extracting(LeakedThread::name).containsExactly("listed");
            assertThat(child.ask("")).isEqualTo("woken");
            Findings found = HeapDump.analyse(jvm, Analysis.ofProcess(jvm), false, HeapDump.Progress.NONE);
            assertThat(found.leaked()).isEmpty();
            assertThat(found.notes())
                    .singleElement()
                    .satisfies(note -> assertThat(note).contains("has gone on since"));
        }
    }

    /** A dump has these threads as runnable, so their frames are no proof. */
    @Test
    void withoutTheProcessTheyAreOnlyExplained() throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(), Initializing.class, ThreadKind.PLATFORM.name());
                RunningJvm jvm = RunningJvm.attach(child.pid(), directory)) {
            Findings found = HeapDump.analyse(jvm.dump(), Analysis.ofProcess(jvm), HeapDump.Progress.NONE);
            assertThat(found.leaked()).isEmpty();
            assertThat(heldBy(found, "first"))
                    .singleElement()
                    .satisfies(by -> assertThat(by).startsWith("thread \"second\", which initializes class "));
        }
    }
}
