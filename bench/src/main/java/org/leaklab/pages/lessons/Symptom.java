package org.leaklab.pages.lessons;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Waits;

/** What somebody sees who does not know yet that threads are stuck. It follows from what the scenario's class says. */
public enum Symptom {
    /** Each run leaves stacks and what they hold. */
    MEMORY(
            "memory-grows",
            "Memory grows",
            "Each run leaves threads behind, with their stacks and all that these hold. The process looks idle, and one day it is out of memory.",
            leak -> leak.stuck() > 0),
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

    private static boolean keepsWhatOthersNeed(Leak leak) {
        boolean pins = Arrays.stream(leak.differs()).anyMatch(differs -> differs.stuck() > leak.stuck());
        return pins
                || leak.waits() == Waits.SOCKET
                || leak.waits() == Waits.INITIALIZER
                || Arrays.stream(leak.at()).anyMatch(EXCLUSIVE::contains);
    }

    /** The symptoms of a scenario. */
    public static List<Symptom> of(Leak leak) {
        return Arrays.stream(values())
                .filter(symptom -> symptom.shows.test(leak))
                .toList();
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
