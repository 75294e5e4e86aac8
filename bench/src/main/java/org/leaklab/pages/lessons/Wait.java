package org.leaklab.pages.lessons;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.bench.memory.StuckOn;
import org.leaklab.lab.StuckThread;

/** What a stuck thread is doing, as its stack says. */
public enum Wait {
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

    Wait(String frame, String verb, String thing, String end, @Nullable StuckOn measured) {
        this.frame = frame;
        this.verb = verb;
        this.thing = thing;
        this.end = end;
        this.measured = measured;
    }

    /** What a thread is doing: of the calls that are known here the innermost on its stack. */
    public static Wait of(StuckThread thread) {
        for (String frame : thread.stack()) {
            String method = method(frame);
            for (Wait wait : values()) {
                if (!wait.frame.isEmpty() && (method.endsWith("." + wait.frame) || method.endsWith("$" + wait.frame))) {
                    return wait;
                }
            }
        }
        if (thread.stack().isEmpty()) {
            return STARVES;
        }
        return thread.state().equals("runnable") ? COMPUTES : OTHER;
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
    static List<Wait> of(List<StuckThread> threads) {
        return threads.stream().map(Wait::of).distinct().toList();
    }
}
