package org.leaklab.pages.lessons;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.stuck.StuckOn;
import org.leaklab.lab.StuckThread;

/** What a stuck thread is doing, as its stack says. */
public enum Activity {
    /** A send that is not taken. */
    SEND("Channel.send", "sends on", "channel", "receive", StuckOn.CHANNEL),
    /** A receive that gets nothing. */
    RECEIVE("Channel.receive", "receives from", "channel", "send or close", StuckOn.CHANNEL),
    /** A select of which no clause gets ready. */
    SELECT("Select.run", "selects on", "select", "make a clause ready", StuckOn.SELECT),
    /** A mutex of the core that somebody holds. */
    MUTEX("Mutex.lock", "wants", "mutex", "unlock it", null),
    /** A permit that is not given back. */
    SEMAPHORE("Semaphore.acquire", "wants a permit of", "semaphore", "release a permit", null),
    /** A counter that does not come to zero. */
    WAIT_GROUP("WaitGroup.await", "waits for", "wait group", "count it down", null),
    /** A lock of the JDK that somebody holds. */
    LOCK("ReentrantLock.lockInterruptibly", "wants", "ReentrantLock", "unlock it", StuckOn.LOCK),
    /** A write lock that has readers. */
    WRITE_LOCK("WriteLock.lockInterruptibly", "wants to write under", "read-write lock", "end the reading", null),
    /** A barrier that lacks a party. */
    BARRIER("CyclicBarrier.await", "stands before", "CyclicBarrier", "come to it", null),
    /** A future that is not completed. */
    FUTURE("CompletableFuture.get", "waits for", "CompletableFuture", "complete it", null),
    /** A worker without work. */
    EXECUTOR("ThreadPoolExecutor.getTask", "wants a task of", "executor", "submit a task or shut down", null),
    /** A lock of the JDK that somebody holds; no interrupt ends this wait. */
    LOCK_FOR_GOOD("ReentrantLock.lock", "wants", "ReentrantLock", "unlock it", StuckOn.LOCK),
    /** The same of a read-write lock. */
    WRITE_LOCK_FOR_GOOD("WriteLock.lock", "wants to write under", "read-write lock", "end the reading", null),
    /** A read lock that a writer, or somebody who waits to write, keeps. */
    READ_LOCK("ReadLock.lock", "wants to read under", "read-write lock", "end the writing", null),
    /** A stamped lock that somebody holds. */
    STAMPED("StampedLock.writeLock", "wants to write under", "StampedLock", "unlock it", null),
    /** The same, where an interrupt ends the wait. */
    STAMPED_INTERRUPTIBLY(
            "StampedLock.writeLockInterruptibly", "wants to write under", "StampedLock", "unlock it", null),
    /** A condition that nobody signals. */
    CONDITION("ConditionObject.await", "waits on", "condition", "signal it", null),
    /** A latch that is not counted down. */
    LATCH("CountDownLatch.await", "waits for", "CountDownLatch", "count it down", null),
    /** A phase that does not end. */
    PHASER("Phaser.arriveAndAwaitAdvance", "waits for", "Phaser", "arrive or deregister", null),
    /** A phase that does not end. */
    PHASE("Phaser.awaitAdvanceInterruptibly", "waits for", "Phaser", "arrive or deregister", null),
    /** An exchange without a partner. */
    EXCHANGER("Exchanger.exchange", "waits at", "Exchanger", "come to it", null),
    /** A queue that nobody takes from. */
    PUT("Queue.put", "puts into", "queue", "take", null),
    /** A queue that nobody puts into. */
    TAKE("Queue.take", "takes from", "queue", "put", null),
    /** The same at one end of it. */
    PUT_LAST("Deque.put", "puts into", "queue", "take", null),
    /** A queue that takes nothing on its own. */
    TRANSFER("LinkedTransferQueue.transfer", "hands over to", "queue", "take", null),
    /** A future that is not completed. */
    JOIN("CompletableFuture.join", "waits for", "CompletableFuture", "complete it", null),
    /** A task that is not run, or does not end. */
    TASK("FutureTask.get", "waits for", "task", "end or cancel it", null),
    /** A task of a fork-join pool that is not run, or does not end. */
    FORKED("ForkJoinTask.join", "waits for", "task", "end or cancel it", null),
    /** The same, with a result that may fail. */
    FORKED_GET("ForkJoinTask.get", "waits for", "task", "end or cancel it", null),
    /** A subscriber that does not ask for more. */
    SUBMIT("SubmissionPublisher.submit", "publishes to", "subscriber", "request more", null),
    /** An executor whose tasks do not end. */
    TERMINATION("ThreadPoolExecutor.awaitTermination", "waits for the end of", "executor", "end its tasks", null),
    /** The same, of threads without a pool. */
    CLOSE("ThreadPerTaskExecutor.awaitTermination", "waits for the end of", "executor", "end its tasks", null),
    /** A thread that does not end. */
    THREAD("Thread.join", "waits for the end of", "thread", "end it", null),
    /** A child process that does not end. */
    PROCESS("ProcessImpl.waitFor", "waits for the end of", "process", "end it, or read what it prints", null),
    /** A child process that prints nothing more. */
    OUTPUT("FileInputStream.readBytes", "reads from", "process", "print or end", null),
    /** A read that gets no byte. */
    READ("NioSocketImpl.read", "reads from", "socket", "write or close", null),
    /** A connection that nobody makes. */
    ACCEPT("NioSocketImpl.accept", "accepts at", "socket", "connect or close", null),
    /** A pipe that nobody writes into. */
    PIPE("PipedInputStream.read", "reads from", "pipe", "write or close", null),
    /** A computation of the same map that does not end. */
    MAP("ConcurrentHashMap.computeIfAbsent", "computes in", "map", "end the other computation", null),
    /** An unpark that does not come. */
    PARK("LockSupport.park", "parks for", "permit", "unpark it", null),
    /** A monitor that somebody holds: the thread is blocked. */
    MONITOR("", "wants", "monitor", "leave it", null),
    /** A class initializer that does not end, which no state shows. */
    INITIALIZER("", "waits for", "class initializer", "end it", null),
    /** A monitor that is not notified. */
    NOTIFY("Object.wait", "waits on", "monitor", "notify", StuckOn.OBJECT_WAIT),
    /** A write that the other side does not read. */
    SOCKET("SocketChannelImpl.write", "writes to", "socket", "read or close", null),
    /** A sleep that is followed by another. */
    SLEEP("Thread.sleep", "sleeps by", "clock", "stop it", StuckOn.SLEEP),
    /** Something else that keeps it from running. */
    OTHER("", "waits for", "something", "wake it", null),
    /** Nothing: it runs. */
    COMPUTES("", "runs in", "loop", "stop it", null),
    /** Nothing: it has no carrier to run on. */
    STARVES("", "never got", "carrier", "give it one", null);

    private final String frame;
    private final String verb;
    private final String thing;
    private final String end;
    private final @Nullable StuckOn measured;

    Activity(String frame, String verb, String thing, String end, @Nullable StuckOn measured) {
        this.frame = frame;
        this.verb = verb;
        this.thing = thing;
        this.end = end;
        this.measured = measured;
    }

    /**
     * What a thread is doing: of the calls that are known here, the one that the program made. So a worker that waits
     * for a task does not wait on the condition of its queue. If the program made none, the innermost one.
     */
    public static Activity of(StuckThread thread) {
        Activity made = null;
        for (String frame : thread.stack()) {
            if (made != null && isScenario(frame)) {
                break;
            }
            Activity known = ofCall(method(frame));
            made = known == null ? made : known;
        }
        if (made != null) {
            return made;
        }
        if (thread.stack().isEmpty()) {
            return STARVES;
        }
        if (thread.state().equals("blocked")) {
            return MONITOR;
        }
        if (thread.stack().stream().map(Activity::method).anyMatch(Activity::needsClass)) {
            return INITIALIZER;
        }
        return thread.state().equals("runnable") ? COMPUTES : OTHER;
    }

    /**
     * Of a thread that calls nothing: what it runs is in an initializer, or is a task whose class is not initialized.
     */
    private static boolean needsClass(String method) {
        return method.endsWith(".<clinit>") || method.endsWith("FutureTask.run");
    }

    private static @Nullable Activity ofCall(String method) {
        for (Activity activity : values()) {
            if (!activity.frame.isEmpty() && method.endsWith(activity.frame)) {
                return activity;
            }
        }
        return null;
    }

    /** The full name of a frame's method, without the module and the place. */
    static String method(String frame) {
        int place = frame.indexOf('(');
        String name = place < 0 ? frame : frame.substring(0, place);
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The frames of a stack that are a scenario's own. */
    static boolean isScenario(String frame) {
        return method(frame).startsWith("org.leaklab.scenario.");
    }

    /** What it does to the thing, as in "sends on". */
    public String verb() {
        return verb;
    }

    /** What kind of thing that is, in a word or two. */
    public String thing() {
        return thing;
    }

    /** What somebody would have to do to end it. */
    public String end() {
        return end;
    }

    /** Which way of being stuck of the memory benchmarks it is; null where it was not measured. */
    public @Nullable StuckOn measured() {
        return measured;
    }

    /** What the threads of a cell do, each once. */
    static List<Activity> of(List<StuckThread> threads) {
        return threads.stream().map(Activity::of).distinct().toList();
    }
}
