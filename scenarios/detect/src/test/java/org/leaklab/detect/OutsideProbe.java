package org.leaklab.detect;

import java.lang.reflect.Method;
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

    @Override
    public void close() {
        noted.remove(AT_WORK);
    }
}
