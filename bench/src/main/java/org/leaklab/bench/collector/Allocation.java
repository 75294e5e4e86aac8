package org.leaklab.bench.collector;

/**
 * A program that allocates: small objects in short lists, of which the last {@value #KEPT} lists stay alive for a
 * while, as requests under way do. Not safe for use by several threads.
 */
final class Allocation {

    private static final int KEPT = 1 << 13;
    private static final int LENGTH = 32;

    private final Object[] kept = new Object[KEPT];
    private int next;

    /**
     * A list of {@value #LENGTH} arrays of two. How many bytes that is depends on the JVM: on how long its references
     * are, and on whether it makes an object of each number. So lists are counted, and not bytes.
     */
    Object allocate() {
        Object[] list = null;
        for (int i = 0; i < LENGTH; i++) {
            list = new Object[] {list, next};
        }
        kept[next] = list;
        next = (next + 1) & (KEPT - 1);
        return kept;
    }
}
