package org.leaklab.heapdump.judge;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.Stacks;

/** Knows the thread that waits for ever so that the process stays alive. */
final class KeepAlive {

    private KeepAlive() {}

    /**
     * Whether a thread is the one that runs {@code main}, and waits in that method itself, for no lock. What a method
     * waits for that {@code main} has called is not known to be meant so.
     */
    static boolean isOne(DumpThread thread, @Nullable Wait wait) {
        if (thread.virtual || !(wait instanceof Wait.Reached || joinsItself(thread, wait))) {
            return false;
        }
        List<Stacks.Frame> own =
                thread.stack.frames().stream().filter(frame -> !frame.isJdk()).toList();
        return own.size() == 1 && own.getFirst().method().equals("main") && isMainThread(thread);
    }

    private static boolean joinsItself(DumpThread thread, @Nullable Wait wait) {
        return wait instanceof Wait.Owned owned && owned.owner() == thread && owned.shown() == thread.object;
    }

    /** The launcher's thread: the first that the JVM starts. */
    private static boolean isMainThread(DumpThread thread) {
        return thread.id <= 1 || thread.name.equals("main");
    }
}
