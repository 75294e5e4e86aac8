package org.leaklab.heapdump.suite;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.leaklab.core.ThreadKind;

/**
 * Starts the labelled threads, dumps its own live heap once all of them stand, writes their names, and halts.
 *
 * <p>{@code java -cp … org.leaklab.heapdump.suite.Suite DUMP.hprof NAMES.txt platform|virtual|both [COPIES]}, on any
 * JDK 21 or newer, with any collector and any compiler flags. A line of NAMES.txt is the name of a thread, which starts
 * with its label. With {@code -} in the place of the dump it writes none, prints {@code ready} and stays as it is until
 * its standard input ends.
 */
public final class Suite {

    /** So that virtual threads that keep their carriers leave some to others. Before JDK 24 all monitors keep them. */
    private static final int CARRIERS = Runtime.version().feature() < 24 ? 400 : 32;

    private static final List<Class<?>> SHAPES = List.of(
            AliveShapes.class,
            ChainShapes.class,
            CodeShapes.class,
            ExecutorShapes.class,
            FutureShapes.class,
            HandleShapes.class,
            InputShapes.class,
            JoinShapes.class,
            MonitorShapes.class,
            PathShapes.class,
            PinnedShapes.class,
            ReferenceShapes.class,
            TimedShapes.class);

    private static Set<ThreadKind> kinds = EnumSet.allOf(ThreadKind.class);

    private Suite() {}

    /** The kinds of thread that this run has. */
    static Set<ThreadKind> kinds() {
        return kinds;
    }

    /** Runs the suite; the exit code is 0 when the dump and the names are written. */
    public static void main(String[] args) {
        System.setProperty("jdk.virtualThreadScheduler.parallelism", CARRIERS + "");
        System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", 8 * CARRIERS + "");
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", CARRIERS + "");
        int status = 1;
        try {
            kinds = args[2].equals("both")
                    ? EnumSet.allOf(ThreadKind.class)
                    : EnumSet.of(ThreadKind.valueOf(args[2].toUpperCase(Locale.ROOT)));
            play(args.length > 3 ? Integer.parseInt(args[3]) : 1);
            System.gc(); // what the collector's own threads have to do for references is done now, not in the dump
            List<String> names = new ArrayList<>(Stage.settled());
            Stage.forget();
            Files.write(Path.of(args[1]), names);
            if (args[0].equals("-")) {
                names.clear(); // their strings are those of the threads
                System.out.println("ready");
                while (System.in.read() >= 0) {} // until it ends
            } else {
                String dump = Path.of(args[0]).toAbsolutePath().toString();
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpHeap(dump, true);
                System.out.println(names.size() + " threads");
            }
            status = 0;
        } catch (Throwable e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(status); // nobody waits for threads that never end
    }

    private static void play(int copies) throws Exception {
        for (ThreadKind kind : kinds) {
            for (int copy = 0; copy < copies; copy++) {
                for (Wait<?> wait : Wait.ALL) {
                    for (Holder holder : Holder.values()) {
                        if (isLeftOut(holder.name())) {
                            continue;
                        }
                        holder.play(new Stage(wait.name() + ", " + word(holder), kind), wait);
                    }
                }
                for (Class<?> shapes : SHAPES) {
                    play(shapes, kind, copy);
                }
            }
        }
    }

    private static void play(Class<?> shapes, ThreadKind kind, int copy) throws Exception {
        Method[] methods = shapes.getDeclaredMethods();
        Arrays.sort(methods, Comparator.comparing(Method::getName));
        for (Method method : methods) {
            Shape shape = method.getAnnotation(Shape.class);
            if (shape != null
                    && !isLeftOut(method.getName())
                    && List.of(shape.kinds()).contains(kind)
                    && Runtime.version().feature() >= shape.since()
                    && (copy == 0 || !shape.once())) {
                method.invoke(null, new Stage(shapes.getSimpleName() + "." + method.getName(), kind));
            }
        }
    }

    /**
     * With the property {@code suite.weak=no}, what something alive knows by a weak reference to it: a probe that
     * collects clears that reference.
     */
    private static boolean isLeftOut(String name) {
        return System.getProperty("suite.weak", "").equals("no")
                && List.of("WEAK_REFERENCE", "KEY_OF_A_WEAK_MAP", "weakHandle").contains(name);
    }

    private static String word(Holder holder) {
        return holder.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
