package org.leaklab.heapdump.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.Findings.UnknownThread;
import org.leaklab.heapdump.HeapDump;
import org.leaklab.heapdump.testing.HprofWriter;

/** Threads that are blocked on a monitor, in dumps of moments that no test could wait for. */
class OwnersTest {

    private static final int PARKED = 0x291;
    private static final int BLOCKED = 0x401;
    private static final int RUNNABLE = 0x5;

    private static final long OBJECT = 8;
    private static final long THREAD = 16;
    private static final long STATUS = 24;
    private static final long GATE = 32;
    private static final long ACCOUNT = 40;

    private static final long MONITOR = 512;
    private static final long OTHER = 520;

    @TempDir
    Path directory;

    private final HprofWriter dump = new HprofWriter(8, "1.0.2");
    private int threads;
    private long next = 4096;

    /** A frame of a method that takes nothing, or an account, and what it shows. */
    private record Shows(String type, String method, String signature, long... objects) {}

    private static Shows inALambda(long... objects) {
        return new Shows("shop/Shop", "lambda$sell$0", "()V", objects);
    }

    private static Shows inAnAccount(String signature, long... objects) {
        return new Shows("shop/Account", "sell", signature, objects);
    }

    @BeforeEach
    void objects() throws IOException {
        dump.type(OBJECT, "java/lang/Object", 0, 0);
        dump.type(
                THREAD,
                "java/lang/Thread",
                OBJECT,
                0,
                "holder",
                HprofWriter.OBJECT,
                "parkBlocker",
                HprofWriter.OBJECT,
                "tid",
                HprofWriter.LONG);
        dump.type(STATUS, "java/lang/Thread$FieldHolder", OBJECT, 0, "threadStatus", HprofWriter.INT);
        dump.type(GATE, "java/util/concurrent/ForkJoinPool", OBJECT, 0); // a row of Synchronizer that needs no node
        dump.type(ACCOUNT, "shop/Account", OBJECT, 0);
        dump.instance(MONITOR, ACCOUNT);
        dump.instance(OTHER, ACCOUNT);
    }

    private long add() {
        return next += 8;
    }

    /** A thread; returns its number, which is its identifier too. */
    private int thread(int status, long parkedOn, Shows... frames) throws IOException {
        int serial = ++threads;
        long object = add();
        long fields = add();
        dump.instance(fields, STATUS, status);
        dump.instance(object, THREAD, fields, parkedOn, (long) serial);
        long[] ids = new long[frames.length];
        for (int i = 0; i < frames.length; i++) {
            if (!dump.hasType(frames[i].type())) {
                dump.type(add(), frames[i].type(), OBJECT, 0);
            }
            ids[i] = add();
            dump.frame(ids[i], frames[i].type(), frames[i].method(), frames[i].signature());
        }
        dump.thread(object, serial, ids);
        for (int i = 0; i < frames.length; i++) {
            for (long shown : frames[i].objects()) {
                dump.shown(shown, serial, i);
            }
        }
        return serial;
    }

    private int parked(long gate, Shows caller) throws IOException {
        dump.instance(gate, GATE);
        return thread(
                PARKED,
                gate,
                new Shows("java/util/concurrent/locks/LockSupport", "park", "()V"),
                new Shows("java/util/concurrent/ForkJoinPool", "awaitWork", "()V", gate),
                caller);
    }

    private int leaked(Shows caller) throws IOException {
        return parked(add(), caller);
    }

    private Findings found() throws IOException {
        Path file = directory.resolve("owners.hprof");
        Files.write(file, dump.bytes());
        return HeapDump.analyse(file);
    }

    private static <T> List<Integer> ids(List<T> threads, ToLongFunction<T> id) {
        return threads.stream().map(thread -> (int) id.applyAsLong(thread)).toList();
    }

    private void assertLeaked(Integer... ids) throws IOException {
        assertThat(ids(found().leaked(), LeakedThread::id)).containsExactlyInAnyOrder(ids);
    }

    private void assertUnknown(Integer... ids) throws IOException {
        assertThat(ids(found().unknown(), UnknownThread::id)).containsExactlyInAnyOrder(ids);
    }

    /** There are no class files: the monitor may be free for a moment, and the other thread merely know the object. */
    @Test
    void isUnknownWhereTheOtherMayMerelyKnowTheObject() throws Exception {
        int owner = leaked(inALambda(MONITOR));
        int blocked = thread(BLOCKED, 0, inALambda(MONITOR));
        assertLeaked(owner);
        assertUnknown(blocked);
        assertThat(found().unknown().getFirst().why()).contains("no class file says so");
    }

    @Test
    void isUnknownInACircleToo() throws Exception {
        int first = thread(BLOCKED, 0, inALambda(MONITOR), inALambda(OTHER));
        int second = thread(BLOCKED, 0, inALambda(OTHER), inALambda(MONITOR));
        assertLeaked();
        assertUnknown(first, second);
    }

    /** Whoever owned it has just left, and the blocked ones have not run yet. */
    @Test
    void areUnknownWhileNobodyOwnsTheMonitor() throws Exception {
        int one = thread(BLOCKED, 0, inALambda(MONITOR));
        int another = thread(BLOCKED, 0, inALambda(MONITOR));
        assertLeaked();
        assertUnknown(one, another);
    }

    @Test
    void isUnknownWhileItAloneHasTheMonitor() throws Exception {
        int twice = thread(BLOCKED, 0, inALambda(MONITOR), inALambda(MONITOR));
        assertLeaked();
        assertUnknown(twice);
    }

    @Test
    void aThreadThatCannotHaveEnteredIsNoOwner() throws Exception {
        int knows = leaked(new Shows("shop/Shop$$Lambda", "run", "()V", MONITOR));
        int blocked = thread(BLOCKED, 0, inALambda(MONITOR));
        assertLeaked(knows);
        assertUnknown(blocked);
    }

    @Test
    void eachObjectThatMayBeTheMonitorNeedsAnOwner() throws Exception {
        int owner = leaked(inALambda(MONITOR));
        int blocked = thread(BLOCKED, 0, inALambda(MONITOR, OTHER));
        assertLeaked(owner);
        assertUnknown(blocked);
    }

    @Test
    void anArgumentIsNoMonitor() throws Exception {
        int owner = leaked(inALambda(OTHER));
        int blocked = thread(BLOCKED, 0, inAnAccount("(Lshop/Account;)V", OTHER));
        assertLeaked(owner);
        assertUnknown(blocked);
    }

    /** A dump does not say what is an interface, nor who implements it. */
    @Test
    void anArgumentOfAnInterfaceIsNoMonitor() throws Exception {
        dump.type(add(), "shop/Seller", OBJECT, 0);
        int owner = leaked(inALambda(OTHER));
        int blocked = thread(BLOCKED, 0, inAnAccount("(Lshop/Seller;)V", OTHER));
        assertLeaked(owner);
        assertUnknown(blocked);
    }

    @Test
    void anOwnerThatTheBlockedOneWouldWakeIsNone() throws Exception {
        long gate = add();
        parked(gate, inALambda(MONITOR));
        thread(BLOCKED, 0, inALambda(MONITOR), inALambda(gate));
        assertLeaked();
    }

    @Test
    void aLivingThreadMayOwnWhatItDoesNotShow() throws Exception {
        int knows = leaked(inALambda(MONITOR));
        int blocked = thread(BLOCKED, 0, inALambda(MONITOR));
        thread(RUNNABLE, 0, inAnAccount("(Lshop/Account;)V", OTHER));
        assertLeaked(knows);
        assertUnknown(blocked);
    }
}
