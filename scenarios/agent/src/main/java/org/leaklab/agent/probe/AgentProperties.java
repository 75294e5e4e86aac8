package org.leaklab.agent.probe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Properties;

/**
 * The agent properties of this JVM: who attaches can read them, the program does not see them. What is noted here
 * outlives a probe. Leaklab in this JVM reads them too, where it may: it must not take a list of threads for whole
 * while a probe is at work.
 */
final class AgentProperties {

    private static final String JAR = "leaklab.live.jar";
    private static final String AT_WORK = "leaklab.live.probe";

    /** When the last probe began; another number for each. Read by {@code ProbeWatch} of leaklab in this JVM. */
    private static final String BEGUN = "leaklab.live.begun";

    private static final String DOUBTED = "leaklab.live.doubted";

    /** So many can be told one by one; if there are more, all threads up to the youngest of them are meant. */
    private static final int MOST_DOUBTED = 50_000;

    private final Properties properties;

    private AgentProperties(Properties properties) {
        this.properties = properties;
    }

    static AgentProperties find() throws Refusal {
        try {
            Class<?> support = Class.forName("jdk.internal.vm.VMSupport");
            return new AgentProperties((Properties) MethodHandles.lookup()
                    .findStatic(support, "getAgentProperties", MethodType.methodType(Properties.class))
                    .invoke());
        } catch (Throwable e) {
            throw new Refusal(
                    "this JDK " + Runtime.version() + " has no agent properties, so analyse a heap dump: " + e);
        }
    }

    /** Notes the jar that is on the class path of this JVM from now on: the next probe uses the same path. */
    void noteJar(String jar) {
        properties.putIfAbsent(JAR, jar);
    }

    /**
     * Begins a probe.
     *
     * @throws Refusal if another one is at work in this JVM
     */
    void begin(String who) throws Refusal {
        Object other = properties.putIfAbsent(AT_WORK, who);
        if (other != null) {
            throw Refusal.busy("another probe is at work in this JVM, from " + other + ": try again when it has ended");
        }
        boolean noted = false;
        try {
            properties.setProperty(BEGUN, Long.toString(System.nanoTime()));
            noted = true;
        } finally {
            if (!noted) { // no memory
                end();
            }
        }
    }

    void end() {
        properties.remove(AT_WORK);
    }

    /**
     * The threads that a probe has found while its collection cleared references that something alive held: what led to
     * them is lost, so no later probe can prove anything of them.
     */
    DoubtedThreads doubt() {
        return DoubtedThreads.parse(properties.getProperty(DOUBTED, ""));
    }

    /** Adds finds to those. */
    void noteDoubt(List<Find> finds) {
        properties.setProperty(DOUBTED, doubt().with(finds, MOST_DOUBTED).toString());
    }
}
