package org.leaklab.detect;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads an inheritable thread-local variable of another thread. It only reads, without a lock, while the thread may
 * change its table: then it may miss the value, but it never returns another variable's.
 */
final class InheritedVariable {

    private InheritedVariable() {}

    /** The value in the thread; null if it has none, or if this JVM does not let us read it. */
    static @Nullable Object of(Thread thread, InheritableThreadLocal<?> variable) {
        if (!Object.class.getModule().isOpen("java.lang", InheritedVariable.class.getModule())) {
            return null;
        }
        try {
            Object map = field(Thread.class, "inheritableThreadLocals").get(thread);
            Object table = map == null ? null : field(map.getClass(), "table").get(map);
            for (int i = 0; table != null && i < Array.getLength(table); i++) {
                if (Array.get(table, i) instanceof Reference<?> entry && entry.get() == variable) {
                    return field(entry.getClass(), "value").get(entry);
                }
            }
            return null;
        } catch (ReflectiveOperationException | RuntimeException e) { // a JDK of another shape
            return null;
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
