package org.leaklab.agent.probe;

import java.util.concurrent.TimeUnit;

/** The thread that runs finalizers: a probe needs it to be there, and not to be stuck in a finalizer. */
final class FinalizerThread {

    private static final String TYPE = "java.lang.ref.Finalizer$FinalizerThread";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private FinalizerThread() {}

    /** Waits until it is idle, for a short time. */
    static void check() throws Refusal, InterruptedException {
        Thread finalizer = null;
        for (Thread thread : Jdk.allPlatformThreads()) {
            finalizer = thread.getClass().getName().equals(TYPE) ? thread : finalizer;
        }
        if (finalizer == null) {
            throw new Refusal("finalization is disabled in this JVM, or its thread has ended, so a probe could not give"
                    + " threads back: analyse a heap dump, which leaklab detect takes");
        }
        long deadline = System.nanoTime() + PATIENCE;
        StackTraceElement[] stack = finalizer.getStackTrace();
        while (!isIdle(stack)) {
            if (System.nanoTime() - deadline > 0) {
                throw new Refusal("the Finalizer thread of this JVM is busy or stuck, in " + outermost(stack)
                        + ", so a probe could not give threads back: mend that finalizer, or analyse a heap dump");
            }
            Thread.sleep(1);
            stack = finalizer.getStackTrace();
        }
    }

    /** It waits in the loop of its own, and no finalizer stands on its stack. */
    private static boolean isIdle(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getMethodName().equals("runFinalizer")
                    || frame.getMethodName().equals("finalize")) {
                return false;
            }
        }
        return stack.length > 0;
    }

    /** The finalizer that it runs. */
    private static String outermost(StackTraceElement[] stack) {
        for (int i = stack.length - 1; i >= 0; i--) {
            if (stack[i].getMethodName().equals("finalize")) {
                return stack[i].toString();
            }
        }
        return stack.length == 0 ? "a place without a stack" : stack[0].toString();
    }
}
