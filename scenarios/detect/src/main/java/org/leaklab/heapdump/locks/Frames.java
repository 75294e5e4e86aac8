package org.leaklab.heapdump.locks;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the frames of a stack tell of a wait. */
final class Frames {

    private Frames() {}

    /** Whether the thread is parked or waits in a method that an interrupt ends, such as {@code lockInterruptibly}. */
    static boolean interruptible(List<StackTraceElement> stack) {
        return stack.stream()
                .takeWhile(frame ->
                        isOf(frame, "jdk.internal") || isOf(frame, "java.lang") || isOf(frame, "java.util.concurrent"))
                .anyMatch(frame -> frame.getMethodName().contains("Interruptibly"));
    }

    /** Whether it waits with a limit, as far as the innermost frames tell. */
    static boolean timed(List<StackTraceElement> stack) {
        long waits = stack.stream()
                .takeWhile(frame -> frame.getClassName().equals("java.lang.Object"))
                .filter(frame -> frame.getMethodName().equals("wait"))
                .count();
        if (waits > 0) {
            return waits == 1; // wait() calls wait(0)
        }
        return stack.stream()
                .takeWhile(frame -> isOf(frame, "java.lang")
                        || isOf(frame, "jdk.internal")
                        || isOf(frame, "java.util.concurrent.locks"))
                .anyMatch(frame -> frame.getMethodName().matches("parkNanos|parkUntil|sleep.*"));
    }

    /** Whether the thread is parked without a limit. */
    static boolean parked(List<StackTraceElement> stack) {
        return !stack.isEmpty()
                && stack.getFirst().getClassName().equals("jdk.internal.misc.Unsafe")
                && stack.getFirst().getMethodName().equals("park")
                && !timed(stack);
    }

    /** Returns the classes whose static initializers the thread is in. */
    static Set<String> initialized(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(frame -> frame.getMethodName().equals("<clinit>"))
                .map(StackTraceElement::getClassName)
                .collect(Collectors.toSet());
    }

    private static boolean isOf(StackTraceElement frame, String prefix) {
        return frame.getClassName().startsWith(prefix + ".");
    }
}
