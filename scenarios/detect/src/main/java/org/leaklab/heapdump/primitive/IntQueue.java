package org.leaklab.heapdump.primitive;

/** Numbers in the order in which they were added. */
public final class IntQueue {

    private int[] ring = new int[1 << 12];
    private int first;
    private int size;

    public void add(int value) {
        if (size == ring.length) {
            int[] larger = new int[size * 2];
            for (int i = 0; i < size; i++) {
                larger[i] = ring[(first + i) & (ring.length - 1)];
            }
            ring = larger;
            first = 0;
        }
        ring[(first + size++) & (ring.length - 1)] = value;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int remove() {
        int value = ring[first];
        first = (first + 1) & (ring.length - 1);
        size--;
        return value;
    }
}
