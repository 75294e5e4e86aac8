package org.leaklab.live;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** What the JDK holds of the virtual threads of this JVM, as text: a probe must leave it as it was. */
final class JdkSets {

    /** For a JVM that looks at its own sets. */
    static final List<String> OPTIONS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.vm=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED");

    private JdkSets() {}

    /** The threads of each set with their handlers, and the length of the class path. */
    static String now() {
        return quietly(() -> {
            List<String> all = new ArrayList<>();
            Set<?> root = (Set<?>) value(
                    Class.forName("jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer"),
                    null,
                    "VTHREADS");
            all.add("root " + names(root));
            Collection<?> registry = (Collection<?>)
                    value(Class.forName("jdk.internal.vm.ThreadContainers"), null, "CONTAINER_REGISTRY");
            for (Object reference : registry) {
                Object container = ((WeakReference<?>) reference).get();
                if (container != null && container.getClass().getSimpleName().equals("ThreadPerTaskExecutor")) {
                    all.add("executor " + names((Set<?>) value(container.getClass(), container, "threads")));
                }
            }
            for (Object thread : root) {
                scopes((Thread) thread, all);
            }
            all.sort(null);
            return String.join("; ", all);
        });
    }

    /** How many jars and folders the class path has by now. */
    static int classPath() {
        return quietly(() -> {
            ClassLoader loader = ClassLoader.getSystemClassLoader();
            Object path = value(Class.forName("jdk.internal.loader.BuiltinClassLoader"), loader, "ucp");
            Method urls = path.getClass().getMethod("getURLs");
            urls.setAccessible(true);
            return ((Object[]) urls.invoke(path)).length;
        });
    }

    private static void scopes(Thread thread, List<String> all) throws Exception {
        Object scope = value(Thread.class, thread, "headStackableScopes");
        if (scope != null && scope.getClass().getName().endsWith("ThreadContainerImpl")) {
            Object flock = value(scope.getClass(), scope, "flock");
            all.add("scope " + names((Set<?>) value(flock.getClass(), flock, "threads")));
        }
    }

    private static List<String> names(Set<?> threads) throws Exception {
        List<String> names = new ArrayList<>();
        for (Object each : threads) {
            Thread thread = (Thread) each;
            Object handler = value(Thread.class, thread, "uncaughtExceptionHandler");
            names.add(thread.getName()
                    + (handler == null ? "" : "!" + handler.getClass().getSimpleName()));
        }
        names.sort(null);
        return names;
    }

    private static Object value(Class<?> owner, Object object, String name) throws Exception {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    private static <T> T quietly(Callable<T> look) {
        try {
            return look.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
