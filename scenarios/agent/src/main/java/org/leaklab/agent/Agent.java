package org.leaklab.agent;

import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Starts a probe in the JVM that has loaded this class, and keeps nothing. The probe has a class loader of its own, and
 * packages of {@code java.base} are opened to the unnamed module of that loader alone.
 *
 * <p>An instance writes the line of a probe to the log of that JVM: the log may keep who calls it, and this class stays
 * anyway.
 */
public final class Agent implements Consumer<String> {

    /** JDK 26 and later have no {@code jdk.internal.ref}. */
    private static final Set<String> PACKAGES = Set.of(
            "java.lang",
            "java.lang.ref",
            "java.util.concurrent",
            "jdk.internal.misc",
            "jdk.internal.ref",
            "jdk.internal.vm");

    private Agent() {}

    /**
     * Called by the JVM.
     *
     * @param arguments the jar of the probe, and the folder with its options, with a tab between
     */
    public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
        String[] words = arguments.split("\t", 2);
        URL jar = Path.of(words[0]).toUri().toURL();
        @SuppressWarnings("resource") // the probe goes on when this method has returned
        ClassLoader loader = new URLClassLoader("leaklab-live", new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        Module base = Object.class.getModule();
        Map<String, Set<Module>> opened = new HashMap<>();
        for (String name : PACKAGES) {
            if (base.getPackages().contains(name)) {
                opened.put(name, Set.of(loader.getUnnamedModule()));
            }
        }
        instrumentation.redefineModule(base, Set.of(), Map.of(), opened, Set.of(), Map.of());
        loader.loadClass("org.leaklab.agent.probe.Start")
                .getMethod("start", Path.class, Path.class, Consumer.class)
                .invoke(null, Path.of(words[0]), Path.of(words[1]), new Agent());
    }

    @Override
    public void accept(String line) {
        System.getLogger("org.leaklab.live").log(System.Logger.Level.INFO, line);
    }
}
