package org.leaklab.junit.suite;

import java.util.List;
import org.leaklab.detect.ThreadSnapshot;

/**
 * Which threads do not count, as {@link org.leaklab.detect.LeakCheck} and {@code @VerifyNoLeaks} have it.
 *
 * @param names those whose name begins with one of these
 * @param top those whose innermost frame is one of these methods, such as {@code org.example.Type.method}
 * @param any those that have one of these methods anywhere on their stack
 */
record Ignored(List<String> names, List<String> top, List<String> any) {

    static final Ignored NONE = new Ignored(List.of(), List.of(), List.of());

    Ignored {
        names = List.copyOf(names);
        top = List.copyOf(top);
        any = List.copyOf(any);
    }

    boolean hasName(String name) {
        return names.stream().anyMatch(name::startsWith);
    }

    /** Whether a name is not enough to tell. */
    boolean asksForStacks() {
        return !top.isEmpty() || !any.isEmpty();
    }

    boolean has(ThreadSnapshot thread) {
        List<StackTraceElement> stack = thread.stack();
        return hasName(thread.name())
                || (!stack.isEmpty() && top.contains(method(stack.getFirst())))
                || stack.stream().map(Ignored::method).anyMatch(any::contains);
    }

    private static String method(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName();
    }
}
