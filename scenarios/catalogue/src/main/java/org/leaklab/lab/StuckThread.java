package org.leaklab.lab;

import java.io.Serializable;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.Mutex;

/**
 * A description of one stuck thread of a cell. It holds no reference to the thread: a thread that is referenced could
 * not be found unreachable.
 *
 * @param name the name it was started under
 * @param state its {@link Thread.State} in lower case, such as {@code timed waiting}
 * @param waitsFor the object that it is parked on, or whose monitor it waits for; null if none is known
 * @param stack innermost frame first; empty if the thread has never run
 */
public record StuckThread(
        String name, String state, @Nullable Awaited waitsFor, List<String> stack) implements Serializable {

    /**
     * The object that a thread waits for.
     *
     * @param number threads of one cell that wait for the same object have the same number; the first number is 1
     * @param type name of its class
     * @param says what the object's {@code toString()} says; empty for objects that are not primitives of the core
     * @param holder name of the thread that holds the object; null if no thread holds it, or if its holder is not known
     * @param holderLives whether the holder has not ended
     */
    public record Awaited(
            int number, String type, String says, @Nullable String holder, boolean holderLives)
            implements Serializable {}

    /** Copies the stack. */
    public StuckThread {
        stack = List.copyOf(stack);
    }

    /** Describes threads, in the order of their start. */
    static List<StuckThread> look(List<Launched> stuck) {
        Map<Integer, Integer> numbers = new HashMap<>();
        List<StuckThread> looks = new ArrayList<>();
        stuck.stream()
                .sorted(Comparator.comparingLong(Launched::startedAt)
                        .thenComparing(launched -> launched.thread().threadId()))
                .forEach(launched -> looks.add(look(launched, numbers)));
        return looks;
    }

    private static StuckThread look(Launched launched, Map<Integer, Integer> numbers) {
        Thread thread = launched.thread();
        return new StuckThread(
                launched.name(),
                word(thread.getState()),
                awaited(thread, numbers),
                Arrays.stream(thread.getStackTrace())
                        .map(StackTraceElement::toString)
                        .toList());
    }

    /** The word for a state, such as {@code timed waiting}. */
    static String word(Thread.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static @Nullable Awaited awaited(Thread thread, Map<Integer, Integer> numbers) {
        Object blocker = LockSupport.getBlocker(thread);
        if (blocker instanceof Mutex mutex) {
            Thread owner = mutex.owner();
            return new Awaited(
                    number(System.identityHashCode(blocker), numbers),
                    Mutex.class.getName(),
                    says(blocker),
                    owner == null ? null : owner.getName(),
                    owner != null && owner.isAlive());
        }
        if (!thread.isVirtual()) {
            Awaited awaited = platform(thread, blocker, numbers);
            if (awaited != null) {
                return awaited;
            }
        }
        return blocker == null
                ? null
                : new Awaited(
                        number(System.identityHashCode(blocker), numbers),
                        blocker.getClass().getName(),
                        says(blocker),
                        null,
                        false);
    }

    /** The JVM knows of its platform threads which monitor they wait for, and who holds a lock. */
    private static @Nullable Awaited platform(Thread thread, @Nullable Object blocker, Map<Integer, Integer> numbers) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ThreadInfo info = threads.getThreadInfo(thread.threadId());
        LockInfo lock = info == null ? null : info.getLockInfo();
        if (lock == null) {
            return null;
        }
        return new Awaited(
                number(lock.getIdentityHashCode(), numbers),
                lock.getClassName(),
                blocker == null ? "" : says(blocker),
                info.getLockOwnerName(),
                info.getLockOwnerId() > 0 && threads.getThreadInfo(info.getLockOwnerId()) != null);
    }

    private static int number(int identity, Map<Integer, Integer> numbers) {
        return numbers.computeIfAbsent(identity, added -> numbers.size() + 1);
    }

    /**
     * What a primitive of the core says about its state. For a channel, without its number, which differs from JVM to
     * JVM.
     */
    private static String says(Object blocker) {
        return blocker.getClass().getPackageName().equals(Mutex.class.getPackageName())
                        && !blocker.toString().contains(blocker.getClass().getSimpleName() + "@")
                ? blocker.toString().replaceFirst("^channel \\d+", "channel")
                : "";
    }
}
