package org.leaklab.agent;

import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
        Class<?> start = loader.loadClass("org.leaklab.agent.probe.Start");
        Map<String, Set<Module>> opened = new HashMap<>();
        Set<Module> mine = Set.of(loader.getUnnamedModule());
        for (Object each : (Set<?>) start.getMethod("packages").invoke(null)) {
            opened.put((String) each, mine);
        }
        instrumentation.redefineModule(Object.class.getModule(), Set.of(), Map.of(), opened, Set.of(), Map.of());
        Object name = start.getField("LAUNCHERS").get(null);
        List<Class<?>> launchers = new ArrayList<>();
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (each.getName().equals(name)) {
                launchers.add(each);
                if (each.getModule().isNamed()) {
                    Map<String, Set<Module>> exported = Map.of(each.getPackageName(), mine);
                    instrumentation.redefineModule(each.getModule(), Set.of(), exported, Map.of(), Set.of(), Map.of());
                }
            }
        }
        start.getMethod("start", Path.class, Path.class, Consumer.class, List.class)
                .invoke(null, Path.of(words[0]), Path.of(words[1]), new Agent(), launchers);
    }

    @Override
    public void accept(String line) {
        System.getLogger("org.leaklab.live").log(System.Logger.Level.INFO, line);
    }
}
