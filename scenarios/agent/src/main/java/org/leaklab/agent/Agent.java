package org.leaklab.agent;

import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
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
        Set<Module> probe = Set.of(loader.getUnnamedModule());
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of(
                        "java.lang", probe,
                        "java.util.concurrent", probe,
                        "jdk.internal.misc", probe,
                        "jdk.internal.vm", probe),
                Set.of(),
                Map.of());
        loader.loadClass("org.leaklab.agent.probe.Start")
                .getMethod("start", Path.class, Path.class, Consumer.class)
                .invoke(null, Path.of(words[0]), Path.of(words[1]), new Agent());
    }

    @Override
    public void accept(String line) {
        System.getLogger("org.leaklab.live").log(System.Logger.Level.INFO, line);
    }
}
