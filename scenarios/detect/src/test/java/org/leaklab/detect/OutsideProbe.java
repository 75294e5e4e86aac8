package org.leaklab.detect;

import static org.leaklab.testing.Eventually.until;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Properties;

/** As if another process probed this JVM: what the agent of a probe notes, until this is closed. */
public final class OutsideProbe implements AutoCloseable {

    private static final String AT_WORK = "leaklab.live.probe";

    private final Properties noted;

    private OutsideProbe(Properties noted) {
        this.noted = noted;
    }

    /** Begins one. The JVM must open {@code jdk.internal.vm}. */
    public static OutsideProbe begin() throws ReflectiveOperationException {
        Method get = Class.forName("jdk.internal.vm.VMSupport").getMethod("getAgentProperties");
        get.setAccessible(true);
        Properties noted = (Properties) get.invoke(null);
        noted.setProperty(AT_WORK, "a test");
        noted.setProperty("leaklab.live.begun", Long.toString(System.nanoTime()));
        return new OutsideProbe(noted);
    }

    /** Ends this when a thread waits for the end of a probe. */
    public void endWhenAwaitedBy(Thread thread) {
        Thread.ofPlatform().daemon().start(() -> {
            until(() -> Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(ProbeWatch.class.getName())
                            && frame.getMethodName().equals("awaitNone")));
            close();
        });
    }

    @Override
    public void close() {
        noted.remove(AT_WORK);
    }
}
