package org.leaklab.pages.lessons;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Waits;

/** What somebody sees who does not know yet that threads are stuck. It follows from what the scenario's class says. */
public enum Symptom {
    /** Somebody waits for what another thread should have made. */
    RESULT(
            "no-result",
            "A result never comes",
            "A caller waits in get, join or await for a task, a callback or the last of several. It has no limit, and nobody will tell it that nothing comes.",
            leak -> waitsForAResult(leak)),
    /** Producers and consumers do not fit. */
    QUEUE(
            "queue",
            "A queue fills up, or stays empty",
            "Threads stand in put or take. The other side has left, or there was never one of them for each.",
            leak -> waitsAtAQueue(leak)),
    /** The other end of a connection or a pipe. */
    PEER(
            "peer",
            "A peer does not answer",
            "A socket, a server or another process says nothing and does not hang up. The thread that asked waits without a limit.",
            leak -> waitsForAPeer(leak)),
    /** Others queue up behind what the stuck thread holds or waits for. */
    SLOW(
            "slow",
            "Slow, but CPU low",
            "Threads wait for a lock, a permit, a connection or a carrier that a stuck thread keeps. Whoever needs it next waits too: requests time out while the processors have nothing to do.",
            leak -> keepsWhatOthersNeed(leak)),
    /** Threads compute without an end. */
    CPU(
            "cpu",
            "CPU at 100 %",
            "A thread runs in a circle. On platform threads each takes a processor; on virtual ones each takes a carrier, and with the last carrier every virtual thread of the JVM stands still.",
            leak -> leak.waits() == Waits.SPINNING),
    /** Not even an interrupt ends them. */
    EXIT(
            "no-exit",
            "The process will not exit",
            "Any stuck platform thread that is no daemon keeps the JVM from exiting. These stay even when they are told to stop, for an interrupt does not end them.",
            leak -> leak.stuck() > 0 && leak.endedBy() != EndedBy.INTERRUPT),
    /** Each run leaves stacks and what they hold, and nothing else shows. */
    MEMORY(
            "memory-grows",
            "Memory grows, and nothing else shows",
            "Each run leaves threads behind, with their stacks and all that these hold. The process looks idle, and one day it is out of memory. All others above make memory grow too.",
            leak -> false),
    /** The result is wrong. */
    WRONG(
            "wrong",
            "The answer is wrong",
            "No tool that looks at threads alone tells you: the program ends, with a wrong result.",
            Leak::wrongAnswer);

    /** What threads wait for that one of them at most, or only so many, can have. */
    private static final Set<String> EXCLUSIVE = Set.of(
            "Mutex.lock",
            "Semaphore.acquire",
            "ReentrantLock.lock",
            "ReentrantLock.lockInterruptibly",
            "ReentrantReadWriteLock.WriteLock.lock",
            "StampedLock.writeLock",
            "ReentrantReadWriteLock.WriteLock.lockInterruptibly");

    private static final Pattern RESULTS = Pattern.compile(
            "(CompletableFuture|FutureTask)\\.(get|join)|ExecutorCompletionService\\.take|(CountDownLatch|WaitGroup"
                    + "|CyclicBarrier)\\.await|Phaser\\.\\w+|Thread(PerTaskExecutor)?\\.(invokeAll|join)");
    private static final Pattern QUEUES = Pattern.compile(
            "(Receive)?Channel\\.\\w+|Select\\.run|\\w*Queue\\.\\w+|Exchanger\\.\\w+|SubmissionPublisher\\.submit"
                    + "|PipedInputStream\\.read");
    private static final Pattern PEERS =
            Pattern.compile("ProcessImpl\\.waitFor|ProcessWaitsForInput\\.read|ServerSocket\\.accept");

    private final String anchor;
    private final String title;
    private final String about;

    @SuppressWarnings("ImmutableEnumChecker") // a predicate without state
    private final Predicate<Leak> shows;

    Symptom(String anchor, String title, String about, Predicate<Leak> shows) {
        this.anchor = anchor;
        this.title = title;
        this.about = about;
        this.shows = shows;
    }

    private static boolean waitsForAResult(Leak leak) {
        return isAt(leak, RESULTS);
    }

    private static boolean waitsAtAQueue(Leak leak) {
        return isAt(leak, QUEUES);
    }

    private static boolean waitsForAPeer(Leak leak) {
        return leak.waits() == Waits.SOCKET || leak.waits() == Waits.PROCESS || isAt(leak, PEERS);
    }

    private static boolean isAt(Leak leak, Pattern methods) {
        return Arrays.stream(leak.at()).anyMatch(methods.asMatchPredicate());
    }

    private static boolean keepsWhatOthersNeed(Leak leak) {
        boolean pins = Arrays.stream(leak.differs()).anyMatch(differs -> differs.stuck() > leak.stuck());
        return pins
                || leak.waits() == Waits.INITIALIZER
                || Arrays.stream(leak.at()).anyMatch(EXCLUSIVE::contains);
    }

    /** The symptoms of a scenario; that memory grows is one where there is no other by which to tell it. */
    public static List<Symptom> of(Leak leak) {
        List<Symptom> shown = Arrays.stream(values())
                .filter(symptom -> symptom.shows.test(leak))
                .toList();
        return shown.isEmpty() && leak.stuck() > 0 ? List.of(MEMORY) : shown;
    }

    /** Its name in a link. */
    public String anchor() {
        return anchor;
    }

    /** What is seen. */
    public String title() {
        return title;
    }

    /** Why, in a sentence or two. */
    public String about() {
        return about;
    }
}
