package org.leaklab.core.live;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A few elements that are read at every turn and seldom changed: one volatile read to go over them, and nothing
 * allocated for that.
 *
 * <p>Invariant: an array that was published is never written again.
 */
final class CopyOnWrite<T> {

    private final ReentrantLock changes = new ReentrantLock();
    private volatile T[] elements;

    CopyOnWrite(T[] empty) {
        this.elements = empty;
    }

    /** The elements now; not to be written to. */
    T[] now() {
        return elements;
    }

    void add(T more) {
        changes.lock();
        try {
            T[] longer = Arrays.copyOf(elements, elements.length + 1);
            longer[elements.length] = more;
            elements = longer;
        } finally {
            changes.unlock();
        }
    }

    /** Removes one occurrence, if there is any. */
    void remove(T less) {
        changes.lock();
        try {
            int at = List.of(elements).indexOf(less);
            if (at >= 0) {
                T[] shorter = Arrays.copyOf(elements, elements.length - 1);
                System.arraycopy(elements, at + 1, shorter, at, shorter.length - at);
                elements = shorter;
            }
        } finally {
            changes.unlock();
        }
    }
}
