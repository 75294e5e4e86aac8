package org.leaklab.field;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;

/** Logback without a file of settings. */
public final class Logging {

    private Logging() {}

    /** Returns a context of its own, without an appender. */
    public static LoggerContext context() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        return context;
    }
}
