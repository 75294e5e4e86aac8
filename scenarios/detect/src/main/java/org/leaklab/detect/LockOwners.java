package org.leaklab.detect;

import java.lang.reflect.Method;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import org.jspecify.annotations.Nullable;

/** Who holds a lock of {@code java.util.concurrent}, where the JVM lets us ask. */
final class LockOwners {

    private static final @Nullable Method OWNER = open();

    private LockOwners() {}

    private static @Nullable Method open() {
        try {
            Method owner = AbstractOwnableSynchronizer.class.getDeclaredMethod("getExclusiveOwnerThread");
            owner.setAccessible(true);
            return owner;
        } catch (ReflectiveOperationException | RuntimeException e) { // not opened
            return null;
        }
    }

    /** Whether owners can be seen. */
    static boolean areSeen() {
        return OWNER != null;
    }

    /** The option that makes them seen: {@link Deadlock#OPEN}, in the form that this JVM needs. */
    static String option() {
        Module module = LockOwners.class.getModule();
        return module.isNamed() ? Deadlock.OPEN.replace("ALL-UNNAMED", module.getName()) : Deadlock.OPEN;
    }

    /** Whether a thread can own what another one is parked on. Latches and semaphores never have an owner. */
    static boolean mayHaveOne(Object blocker) {
        String type = blocker.getClass().getName();
        return blocker instanceof AbstractOwnableSynchronizer
                && !type.startsWith("java.util.concurrent.CountDownLatch$")
                && !type.startsWith("java.util.concurrent.Semaphore$");
    }

    /** The owner of what a thread is parked on, or null when it has none or cannot be seen. */
    static @Nullable Thread of(Object blocker) {
        if (OWNER == null || !(blocker instanceof AbstractOwnableSynchronizer)) {
            return null;
        }
        try {
            return (Thread) OWNER.invoke(blocker);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "the owner of a " + blocker.getClass().getName() + " cannot be read", e);
        }
    }
}
