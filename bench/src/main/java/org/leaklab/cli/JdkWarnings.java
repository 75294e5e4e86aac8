package org.leaklab.cli;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps four lines of warning off the screen that JDK 24 and newer print before the first row: JMH asks
 * {@code sun.misc.Unsafe} for the offsets of its own fields. The JDK prints them on the standard error that it started
 * with, so {@link System#setErr} is no help, and the manifest of a jar cannot hold the option that allows it,
 * {@code --sun-misc-unsafe-memory-access=allow}. This sets what the option sets; the manifest opens the package. Forks
 * print the same, and that goes to the log.
 */
final class JdkWarnings {

    private static final String OPTION = "sun.misc.unsafe.memory.access";

    private JdkWarnings() {}

    /** As the option does, unless the user gave it; where this JDK is built otherwise, the warning stays. */
    static void allowUnsafe() {
        try {
            Field properties = Class.forName("jdk.internal.misc.VM").getDeclaredField("savedProps");
            properties.setAccessible(true);
            Map<String, String> changed = new HashMap<>();
            ((Map<?, ?>) properties.get(null)).forEach((key, value) -> changed.put((String) key, (String) value));
            changed.putIfAbsent(OPTION, "allow");
            properties.set(null, Map.copyOf(changed));
        } catch (ReflectiveOperationException | RuntimeException e) {
            // the warning stays
        }
    }
}
