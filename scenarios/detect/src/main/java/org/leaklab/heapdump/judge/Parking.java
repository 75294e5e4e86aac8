package org.leaklab.heapdump.judge;

import java.util.List;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;

/**
 * How a stack parks.
 *
 * @param depth how many of the innermost frames are the JDK's way to park; 0 if it does not park
 * @param byJdk whether it is the JDK whose code decides to park: reflection does what others ask for
 * @param isInterruptible whether the JDK's code that parks for a lock gives up when the thread is interrupted
 * @param joins whether it waits for the end of a virtual thread
 */
record Parking(int depth, boolean byJdk, boolean isInterruptible, boolean joins) {

    private static final List<String> PARKS = List.of(
            "java.util.concurrent.locks.LockSupport",
            "jdk.internal.misc.Unsafe",
            "java.lang.VirtualThread",
            "java.lang.System$1",
            "java.lang.System$2",
            "jdk.internal.vm.Continuation",
            "jdk.internal.access.JavaLangAccess");

    static Parking of(Stack stack) {
        int depth = 0;
        while (depth < stack.size() && PARKS.contains(stack.get(depth).type())) {
            depth++;
        }
        int caller = depth;
        while (caller < stack.size() && isReflection(stack.get(caller).type())) {
            caller++;
        }
        return new Parking(
                depth,
                caller < stack.size() && stack.get(caller).isJdk(),
                stack.jdk().stream().anyMatch(frame -> frame.method().endsWith("Interruptibly")),
                stack.jdk().stream().anyMatch(Parking::joins));
    }

    private static boolean joins(Stacks.Frame frame) {
        return frame.isOf("java.lang.VirtualThread") && frame.method().equals("joinNanos");
    }

    private static boolean isReflection(String type) {
        return type.startsWith("java.lang.invoke.")
                || type.startsWith("java.lang.reflect.")
                || type.startsWith("jdk.internal.reflect.");
    }
}
