package org.leaklab.core;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that cancels contexts when their deadlines pass. It ends soon after its last timer. A cancelled timer
 * is removed at once, so that it keeps nothing alive.
 */
final class Timers {

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private Timers() {}

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1,
                body -> Thread.ofPlatform()
                        .name("leaklab-deadlines")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .unstarted(body));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(100, TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    static Future<?> after(long nanos, Runnable action) {
        return TIMER.schedule(action, nanos, TimeUnit.NANOSECONDS);
    }
}
