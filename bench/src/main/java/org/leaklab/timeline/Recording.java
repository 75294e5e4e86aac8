package org.leaklab.timeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.leaklab.core.Launched;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.text.Printable;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Exhibit;
import org.leaklab.lab.Variant;
import org.leaklab.scenario.Scenario;
import org.leaklab.timeline.Timeline.Lane;

/** Runs the leaky form of a scenario and records what its threads do until they are stuck. */
public final class Recording {

    /** The name for the thread that runs the form, whatever its own is. */
    private static final String MAIN = "main";

    private Recording() {}

    /** Whether a scenario can be recorded: one that needs a JVM of its own cannot. */
    public static boolean isPossible(Scenario scenario) {
        return !Cell.needsOwnJvm(scenario.leak());
    }

    /**
     * Runs the leaky form on the calling thread, and ends its threads. Record one scenario at a time.
     *
     * @throws IllegalArgumentException if the scenario needs a JVM of its own
     * @throws IllegalStateException if its threads do not get stuck as its class says
     * @throws Exception if the scenario throws it
     */
    public static Timeline of(Scenario scenario, ThreadKind kind) throws Exception {
        Class<?> type = scenario.getClass();
        Scenario recorded = (Scenario)
                new Loader(type).loadClass(type.getName()).getConstructor().newInstance();
        Cell cell = new Cell(recorded, Variant.LEAKY, kind, 1);
        Recorder recorder = Recorder.start();
        try (Exhibit exhibit =
                Exhibit.of(cell, threads -> Launchers.of(threads).hooks().attach(recorder))) {
            recorder.stop();
            return new Timeline(
                    scenario.leak().id(),
                    scenario.leak().idiom().word(),
                    cell.threads(),
                    Runtime.version().toString(),
                    lanes(recorder, type, exhibit.threads().live()),
                    recorder.steps());
        } finally {
            recorder.stop();
        }
    }

    private static List<Lane> lanes(Recorder recorder, Class<?> type, List<Launched> live) {
        List<Thread> left = live.stream().map(Launched::thread).toList();
        List<Lane> lanes = new ArrayList<>();
        for (Thread thread : recorder.threads()) {
            String name = Printable.of(thread.getName());
            if (thread == Thread.currentThread()) {
                lanes.add(new Lane(MAIN, Lane.RETURNED, 0));
            } else if (left.contains(thread)) {
                String state = thread.getState().name().toLowerCase(Locale.ROOT).replace('_', ' ');
                lanes.add(new Lane(name, state, line(thread, type)));
            } else {
                lanes.add(new Lane(name, Lane.ENDED, 0));
            }
        }
        return lanes;
    }

    /** Where a thread is in the source of a scenario. */
    private static int line(Thread thread, Class<?> type) {
        return Arrays.stream(thread.getStackTrace())
                .filter(frame -> isOf(type, frame.getClassName()))
                .mapToInt(StackTraceElement::getLineNumber)
                .findFirst()
                .orElse(0);
    }

    private static boolean isOf(Class<?> type, String name) {
        return name.equals(type.getName()) || name.startsWith(type.getName() + "$");
    }

    /** Has the classes of a scenario's package for itself, and those of the scenario with recorded calls. */
    private static final class Loader extends ClassLoader {

        private final Class<?> type;

        Loader(Class<?> type) {
            super(type.getClassLoader());
            this.type = type;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(type.getPackageName() + ".")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] file = in.readAllBytes();
                byte[] defined = isOf(type, name) ? RecordedCalls.in(file) : file;
                return defineClass(name, defined, 0, defined.length, type.getProtectionDomain());
            } catch (IOException e) {
                throw new UncheckedIOException("the class " + name + " cannot be read", e);
            }
        }
    }
}
