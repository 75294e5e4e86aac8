package org.leaklab.agent.probe;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The launchers of leaklab in this JVM, which hold their threads in lists of their own: those of one class loader. They
 * are classes of the application. What is called there is found by name, and has types of the JDK alone. Where that is
 * not as expected, threads of these launchers count as alive while something reaches the launcher.
 */
final class LauncherLists {

    private static final String LIVE_THREADS = "LiveThreads";

    private final MethodHandle all;
    private final MethodHandle virtualThreads;
    private final MethodHandle thread;
    private final MethodHandle letGo;
    private final MethodHandle takeBack;

    private LauncherLists(Class<?> launchers) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.lookup(); // the package may be exported to this module alone
        Class<?> live =
                Class.forName(launchers.getPackageName() + "." + LIVE_THREADS, false, launchers.getClassLoader());
        this.all = lookup.findStatic(launchers, "all", MethodType.methodType(List.class));
        this.virtualThreads = lookup.findVirtual(live, "virtualThreads", MethodType.methodType(Map.class))
                .asType(MethodType.methodType(Map.class, Object.class));
        this.thread = lookup.findStatic(live, "thread", MethodType.methodType(Thread.class, Object.class));
        this.letGo = lookup.findVirtual(live, "letGo", MethodType.methodType(Object.class, Object.class))
                .asType(MethodType.methodType(Object.class, Object.class, Object.class));
        this.takeBack = lookup.findVirtual(
                        live, "takeBack", MethodType.methodType(void.class, Object.class, Object.class))
                .asType(MethodType.methodType(void.class, Object.class, Object.class, Object.class));
    }

    /**
     * Looks at the classes that were found.
     *
     * @param launchers classes of this name, each of another class loader
     * @param unread gets those that are not as expected
     */
    static List<LauncherLists> of(List<Class<?>> launchers, Collection<Class<?>> unread) {
        List<LauncherLists> lists = new ArrayList<>();
        for (Class<?> each : launchers) {
            try {
                lists.add(new LauncherLists(each));
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                unread.add(each);
            }
        }
        return lists;
    }

    /** A thread in the list of a launcher. It holds the thread and the launcher. */
    record Entry(LauncherLists lists, Object list, Held held, Object record, boolean only) {}

    /** Adds the virtual threads of all launchers. Returns how many launchers there are. */
    int addTo(Map<Thread, Entry> entries) {
        try {
            List<?> found = (List<?>) all.invoke();
            for (Object list : found) {
                Held held = new Held(list, null);
                Map<?, ?> records = (Map<?, ?>) virtualThreads.invoke(list);
                for (Map.Entry<?, ?> each : records.entrySet()) {
                    Object record = each.getKey();
                    boolean only = (boolean) each.getValue();
                    entries.put((Thread) thread.invoke(record), new Entry(this, list, held, record, only));
                }
            }
            return found.size();
        } catch (Throwable e) {
            throw Jdk.rethrow(e);
        }
    }

    static Map<Thread, Entry> entries(List<LauncherLists> lists) {
        Map<Thread, Entry> entries = new IdentityHashMap<>();
        lists.forEach(each -> each.addTo(entries));
        return entries;
    }

    /** Has the launcher hold a thread weakly. Returns what stands for the thread, or null if it has ended. */
    @Nullable
    Object letGo(Entry entry) {
        try {
            return (Object) letGo.invoke(entry.list(), entry.record());
        } catch (Throwable e) {
            throw Jdk.rethrow(e);
        }
    }

    /** Has the launcher hold it again; more than once does no harm. */
    void takeBack(Object list, Object standIn, @Nullable Object record) {
        try {
            takeBack.invoke(list, standIn, record);
        } catch (Throwable e) {
            throw Jdk.rethrow(e);
        }
    }
}
