package org.leaklab.agent;

import java.lang.instrument.Instrumentation;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Starts a probe in the JVM that has loaded this class, and keeps nothing. Or opens packages of {@code java.base} to
 * the module of a class there, which asked for that.
 *
 * <p>The probe is a module in a layer of its own, and packages of {@code java.base} are opened to that module alone.
 * The program can call what starts a probe, which it can do anyway; it can look into nothing, also not through an
 * object of the probe that it has got hold of.
 *
 * <p>An instance writes the line of a probe to the log of that JVM: the log may keep who calls it, and this class stays
 * anyway.
 */
public final class Agent implements Consumer<String> {

    private static final String MODULE = "org.leaklab.agent";
    private static final String PROBE = "org.leaklab.agent.probe";

    /**
     * First of the arguments if nothing but packages is to be opened. No jar has this path, for it is no absolute one.
     */
    private static final String OPEN = "open\t";

    private Agent() {}

    /**
     * Called by the JVM.
     *
     * @param arguments the jar of the probe, and the folder with its options, with a tab between; or {@code open}, the
     *     name of a class, and packages with a comma between, with tabs between
     */
    public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
        if (arguments.startsWith(OPEN)) {
            String[] words = arguments.split("\t", 3);
            open(words[1], Set.of(words[2].split(",")), instrumentation);
        } else {
            startProbe(arguments.split("\t", 2), instrumentation);
        }
    }

    private static void startProbe(String[] words, Instrumentation instrumentation) throws Exception {
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(Path.of(words[0])), ModuleFinder.of(), Set.of(MODULE));
        ModuleLayer.Controller layer = ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(boot), ClassLoader.getPlatformClassLoader());
        Module probe = layer.layer().findModule(MODULE).orElseThrow();
        layer.addExports(probe, PROBE, Agent.class.getModule());
        Class<?> start = Class.forName(probe, PROBE + ".Start");
        Map<String, Set<Module>> opened = new HashMap<>();
        Set<Module> mine = Set.of(probe);
        for (Object each : (Set<?>) start.getMethod("packages").invoke(null)) {
            opened.put((String) each, mine);
        }
        instrumentation.redefineModule(Object.class.getModule(), Set.of(), Map.of(), opened, Set.of(), Map.of());
        Object name = start.getField("LAUNCHERS").get(null);
        List<Class<?>> launchers = new ArrayList<>();
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (each.getName().equals(name)) {
                launchers.add(each);
                Set<Module> its = Set.of(each.getModule());
                instrumentation.redefineModule(probe, its, Map.of(), Map.of(), Set.of(), Map.of());
                if (each.getModule().isNamed()) {
                    Map<String, Set<Module>> exported = Map.of(each.getPackageName(), mine);
                    instrumentation.redefineModule(each.getModule(), Set.of(), exported, Map.of(), Set.of(), Map.of());
                }
            }
        }
        start.getMethod("start", Path.class, Path.class, Consumer.class, List.class)
                .invoke(null, Path.of(words[0]), Path.of(words[1]), new Agent(), launchers);
    }

    private static void open(String reader, Set<String> packages, Instrumentation instrumentation) {
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (each.getName().equals(reader)) {
                Map<String, Set<Module>> opened = new HashMap<>();
                packages.forEach(name -> opened.put(name, Set.of(each.getModule())));
                instrumentation.redefineModule(
                        Object.class.getModule(), Set.of(), Map.of(), opened, Set.of(), Map.of());
            }
        }
    }

    @Override
    public void accept(String line) {
        System.getLogger("org.leaklab.live").log(System.Logger.Level.INFO, line);
    }
}
