package org.leaklab.detect;

import java.util.List;
import java.util.Optional;

/** Whose code a frame of a stack is. */
final class Frames {

    private Frames() {}

    /**
     * Whether a frame is the JDK's: its module is. A frame without a module is the program's, unless its package can
     * only be the JDK's; frames from a file, such as a heap dump, have no module.
     */
    static boolean isOfTheJdk(StackTraceElement frame) {
        String module = frame.getModuleName();
        return beginsLikeTheJdk(module == null ? frame.getClassName() : module + ".");
    }

    private static boolean beginsLikeTheJdk(String name) {
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.");
    }

    /** The innermost frame that is neither the JDK's nor the core's. */
    static Optional<StackTraceElement> firstOwn(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(frame -> !isOfTheJdk(frame) && !frame.getClassName().startsWith("org.leaklab.core."))
                .findFirst();
    }

    /** Whether a stack has frames of the JDK alone, or none at all. */
    static boolean areOfTheJdk(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (!isOfTheJdk(frame)) {
                return false;
            }
        }
        return true;
    }
}
