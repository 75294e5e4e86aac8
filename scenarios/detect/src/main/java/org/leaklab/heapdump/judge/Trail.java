package org.leaklab.heapdump.judge;

import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.graph.Heap;

/**
 * What led to each object that was marked: another object, or something that has a negative number. Those begin with
 * the roots of the dump, go on with the stacks of threads, and end with what the dump does not show.
 */
final class Trail {

    private final Heap heap;
    private final DumpThreads threads;
    private final int[] from;

    Trail(Heap heap, DumpThreads threads) {
        this.heap = heap;
        this.threads = threads;
        this.from = new int[heap.size()];
    }

    /** Notes what led to an object, in place of what was noted before. */
    void led(int by, int object) {
        from[object] = by;
    }

    /** The object that led to another one, or a negative number. */
    int from(int object) {
        return from[object];
    }

    /** The number of a root of the dump. */
    int root(int index) {
        return -1 - index;
    }

    /** The number of a thread's stack. */
    int stackOf(DumpThread thread) {
        return -1 - heap.roots().count() - thread.index;
    }

    /** The number of what the dump does not show. */
    int nowhere() {
        return -1 - heap.roots().count() - threads.all().size();
    }

    /** Whether a negative number is that of a root of the dump. */
    boolean isRoot(int number) {
        return number < 0 && -1 - number < heap.roots().count();
    }

    /** The thread of whose stack a negative number is, or null. */
    @Nullable
    DumpThread threadOf(int number) {
        int thread = -1 - number - heap.roots().count();
        return thread < 0 || thread >= threads.all().size()
                ? null
                : threads.all().get(thread);
    }

    /** What a negative number stands for, in words. */
    String word(int number) {
        int root = -1 - number;
        if (root < heap.roots().count()) {
            return heap.roots().word(root);
        }
        int thread = root - heap.roots().count();
        return thread < threads.all().size()
                ? "stack of \"" + threads.all().get(thread).name + "\""
                : "held in a way that the dump does not show";
    }
}
