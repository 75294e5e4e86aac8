package org.leaklab.scenario;

import java.lang.ref.WeakReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A resource that {@link Resources} remembers and does not hold. The lab leaves the field {@code reference} out of the
 * heap dumps that it analyses: that the lab can find the resource says nothing about the leak.
 */
final class Unheld implements Supplier<@Nullable AutoCloseable> {

    private final WeakReference<AutoCloseable> reference;

    Unheld(AutoCloseable resource) {
        reference = new WeakReference<>(resource);
    }

    /** The resource, or null if the collector has taken it. */
    @Override
    public @Nullable AutoCloseable get() {
        return reference.get();
    }
}
