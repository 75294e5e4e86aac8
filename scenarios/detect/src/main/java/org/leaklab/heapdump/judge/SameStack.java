package org.leaklab.heapdump.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.leaklab.heapdump.evidence.PrintedFrame;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;

/**
 * Whether a stack is the same in a heap dump and in what else the JVM says of its threads. A heap dump and a thread
 * print show all frames, a JSON thread dump leaves out those that the JDK hides. So these are left out here as well.
 */
final class SameStack {

    private static final Pattern ADDRESS = Pattern.compile("[+./]0x[0-9a-f]+$");

    private SameStack() {}

    /** Of a thread print, which ends with the outermost frame or with the last one that the JVM prints. */
    static boolean inPrint(Stack stack, List<PrintedFrame> printed) {
        return same(stack, printed.stream().map(PrintedFrame::at).toList(), true);
    }

    /** Of a JSON thread dump, which is whole. */
    static boolean inJson(Stack stack, List<StackTraceElement> dumped) {
        return same(stack, dumped, false);
    }

    private static boolean same(Stack stack, List<StackTraceElement> other, boolean cut) {
        List<StackTraceElement> one =
                shown(stack.frames().stream().map(Stacks.Frame::element).toList());
        List<StackTraceElement> two = shown(other);
        if (other.isEmpty() || (cut ? two.size() > one.size() : two.size() != one.size())) {
            return false;
        }
        for (int i = 0; i < two.size(); i++) {
            if (!same(one.get(i), two.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(StackTraceElement one, StackTraceElement other) {
        return one.getMethodName().equals(other.getMethodName())
                && type(one).equals(type(other))
                && Math.max(-1, one.getLineNumber()) == Math.max(-1, other.getLineNumber());
    }

    /** The name of a class without what tells a hidden one from its like. */
    static String plain(String type) {
        return ADDRESS.matcher(type).replaceFirst("");
    }

    private static String type(StackTraceElement frame) {
        return plain(frame.getClassName());
    }

    private static List<StackTraceElement> shown(List<StackTraceElement> stack) {
        List<StackTraceElement> shown = new ArrayList<>(stack);
        shown.removeIf(SameStack::isHidden);
        return shown;
    }

    private static boolean isHidden(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.contains("$$Lambda")
                || type.equals("java.lang.Thread") && frame.getMethodName().startsWith("run")
                || type.startsWith("java.lang.VirtualThread")
                || type.startsWith("java.lang.invoke.")
                || type.startsWith("jdk.internal.reflect.") // it calls a method or a constructor by reflection
                || type.startsWith("java.lang.ScopedValue")
                || type.startsWith("jdk.internal.vm.");
    }
}
