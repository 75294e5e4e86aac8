package org.leaklab.live;

import java.io.IOException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.leaklab.heapdump.process.Connection;

/** What the command line of a JVM says against a probe, before anything is loaded into it. */
final class TargetFlags {

    private static final String DUMP = "analyse a heap dump with leaklab detect";

    private TargetFlags() {}

    static void check(Connection connection) throws IOException {
        Properties properties = connection.properties();
        if (properties.getProperty("leaklab.live", "").equals("off")) {
            throw new ProbeRefusedException(
                    "the JVM was started with -Dleaklab.live=off: it does not want to be probed");
        }
        if (connection.feature() < 21) {
            throw new ProbeRefusedException("the JVM is older than 21 and has no virtual threads: " + DUMP);
        }
        String flags = connection.commands().run("VM.flags", "-all");
        for (String collector : new String[] {"ZGC", "ShenandoahGC", "EpsilonGC"}) {
            if (isOn(flags, "Use" + collector)) {
                throw new ProbeRefusedException("the JVM collects with " + collector
                        + ", which does not give back threads that nobody reaches: " + DUMP);
            }
        }
        if (isOn(flags, "DisableExplicitGC")) {
            throw new ProbeRefusedException(
                    "the JVM runs with -XX:+DisableExplicitGC, so a probe cannot collect: " + DUMP);
        }
        if (isOn(flags, "UseG1GC") && isOn(flags, "ExplicitGCInvokesConcurrent")) {
            throw new ProbeRefusedException("the JVM runs with -XX:+ExplicitGCInvokesConcurrent, and a concurrent"
                    + " collection keeps what is young, so a probe would find next to nothing: " + DUMP);
        }
    }

    /** What it says against loading an agent. */
    static void checkLoading(Connection connection) throws IOException {
        String flags = connection.commands().run("VM.flags", "-all");
        if (isOn(flags, "DisableAttachMechanism")) { // only this JVM itself can say so
            throw new ProbeRefusedException(
                    Connection.notAttached(ProcessHandle.current().pid()));
        }
        if (isOff(flags, "EnableDynamicAgentLoading")) {
            throw new ProbeRefusedException(
                    "the JVM runs with -XX:-EnableDynamicAgentLoading, so no probe can be loaded"
                            + " into it: start it without that option, or " + DUMP);
        }
    }

    private static boolean isOn(String flags, String name) {
        return value(flags, name).equals("true");
    }

    private static boolean isOff(String flags, String name) {
        return value(flags, name).equals("false");
    }

    private static String value(String flags, String name) {
        Matcher line =
                Pattern.compile("(?m)^ *bool " + name + " += (true|false)\\b").matcher(flags);
        return line.find() ? line.group(1) : "";
    }
}
