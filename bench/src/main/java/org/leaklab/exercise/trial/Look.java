package org.leaklab.exercise.trial;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes threads as they are now: where each is in the learner's file, what it waits for, and who holds that. */
public final class Look {

    /** The name of the class loader of the learner's classes, which each of their frames has. */
    static final String LOADER = "exercise";

    /** The class that the learner does not see. */
    public static final String CHECK = "Check";

    /** What checks share. */
    public static final String EXPECT = "Expect";

    private static final int DEEPEST = 12;

    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();

    private Look() {}

    /** Describes them; those that wait for the same thing get the same number for it. */
    static List<SeenThread> at(List<Thread> threads) {
        Look look = new Look();
        List<SeenThread> seen = new ArrayList<>();
        for (Thread thread : threads) {
            seen.add(look.at(thread));
        }
        return seen;
    }

    private SeenThread at(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        Thread.State state = thread.getState();
        boolean idle = Census.isIdle(stack);
        int own = own(stack);
        Object target = own < 0 || idle ? null : target(thread, stack[own]);
        Thread holder = target == null ? null : holder(target);
        String heldBy = holder == null ? null : holder.getName();
        if (heldBy == null && state == Thread.State.BLOCKED && !thread.isVirtual()) {
            ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId());
            heldBy = info == null ? null : info.getLockOwnerName();
        }
        return new SeenThread(
                thread.getName(),
                thread.isVirtual(),
                idle,
                idle ? "is an idle worker of a pool" : does(state, stack, own),
                own < 0 ? "" : place(stack[own]),
                target == null ? null : name(target),
                heldBy,
                frames(stack));
    }

    /** The index of the innermost frame of the learner's file; -1 if there is none. */
    private static int own(StackTraceElement[] stack) {
        for (int i = 0; i < stack.length; i++) {
            if (isOwn(stack[i])) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isOwn(StackTraceElement frame) {
        return LOADER.equals(frame.getClassLoaderName()) && !isOfCheck(frame);
    }

    private static boolean isOfCheck(StackTraceElement frame) {
        return isOfCheck(frame.getClassName());
    }

    /** Whether a class came with the exercise and is not the learner's. */
    public static boolean isOfCheck(String className) {
        String outer = className.replaceFirst("\\$.*", "");
        return outer.equals(CHECK) || outer.equals(EXPECT);
    }

    /** The innermost line of the learner's file in a stack, such as {@code Letter.java:23}; empty if there is none. */
    static String place(StackTraceElement[] stack) {
        int own = own(stack);
        return own < 0 ? "" : place(stack[own]);
    }

    private static String place(StackTraceElement frame) {
        return frame.getFileName() + ":" + frame.getLineNumber();
    }

    private static String does(Thread.State state, StackTraceElement[] stack, int own) {
        String where = where(stack, own);
        return switch (state) {
            case BLOCKED -> "waits to enter a synchronized block or method";
            case WAITING -> "waits" + where;
            case TIMED_WAITING -> "waits for a limited time" + where;
            case NEW, RUNNABLE, TERMINATED -> "runs" + where;
        };
    }

    /** The call that the learner's code is in, as he wrote it. */
    private static String where(StackTraceElement[] stack, int own) {
        int call = own - 1;
        while (call >= 0 && stack[call].getClassName().equals(Steps.class.getName())) {
            call--;
        }
        if (own < 0) {
            return stack.length == 0
                    ? " and has not begun"
                    : Arrays.stream(stack).anyMatch(Look::isOfCheck) ? " in what it was given" : " in code of the JDK";
        }
        if (call < 0) {
            return "";
        }
        return isOfCheck(stack[call]) ? " in what it was given" : " in " + call(stack[call]);
    }

    private static String call(StackTraceElement frame) {
        String simple = simple(frame.getClassName());
        String method = frame.getMethodName().equals("wait0") ? "wait" : frame.getMethodName();
        return (simple.equals("VirtualThread") ? "Thread" : simple) + "." + method;
    }

    /** What it went to wait for, if its last step was on the line where it is. */
    private static @Nullable Object target(Thread thread, StackTraceElement own) {
        Steps.Last last = Steps.last(thread);
        return last != null && last.line() == own.getLineNumber() ? last.target() : null;
    }

    /** The name of a thing: that of its class, and a number where there are several. */
    private String name(Object target) {
        if (target instanceof Thread thread) {
            return "the end of " + thread.getName();
        }
        return names.computeIfAbsent(target, t -> simple(t.getClass().getName()) + " #" + (names.size() + 1));
    }

    private static String simple(String name) {
        String simple = name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
        return simple.equals("AbstractQueuedSynchronizer.ConditionObject") ? "Condition" : simple;
    }

    /** Who holds it, as far as that can be known. */
    private static @Nullable Thread holder(Object target) {
        if (target instanceof Thread thread) {
            return thread;
        }
        Thread monitor = Steps.holder(target);
        if (monitor != null) {
            return waits(monitor) ? null : monitor; // one that waits has let go of the monitor
        }
        Object sync = field(target, "sync");
        Object holder = field(sync == null ? target : sync, "exclusiveOwnerThread");
        if (holder == null && target.getClass().getName().equals("java.util.concurrent.FutureTask")) {
            holder = field(target, "runner");
        }
        return holder instanceof Thread thread ? thread : null;
    }

    private static boolean waits(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Object")
                        && frame.getMethodName().startsWith("wait"));
    }

    private static @Nullable Object field(Object of, String name) {
        if (!of.getClass().getName().startsWith("java.util.concurrent.")) {
            return null;
        }
        for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
            try {
                for (Field field : type.getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        field.setAccessible(true);
                        return field.get(of);
                    }
                }
            } catch (IllegalAccessException
                    | RuntimeException e) { // the package is not open, so the owner stays unnamed
                return null;
            }
        }
        return null;
    }

    /** The frames that help: without those of the judge and of the check, and without the JDK's below the learner's. */
    private static List<String> frames(StackTraceElement[] stack) {
        int last = stack.length - 1;
        while (last >= 0 && !isOwn(stack[last])) {
            last--;
        }
        return Arrays.stream(stack, 0, last < 0 ? stack.length : last + 1)
                .filter(frame -> !frame.getClassName().startsWith("org.leaklab."))
                .limit(DEEPEST)
                .map(Look::text)
                .toList();
    }

    /** As the JDK prints it, without the loader and the module. */
    private static String text(StackTraceElement frame) {
        String source = frame.isNativeMethod()
                ? "Native Method"
                : frame.getFileName() == null ? "Unknown Source" : frame.getFileName() + ":" + frame.getLineNumber();
        return frame.getClassName() + "." + frame.getMethodName() + "(" + source + ")";
    }
}
