package org.leaklab.heapdump.graph;

/** Where each object's record begins: four bytes an object, five in a file of more than 4 GB. */
final class Positions {

    private final int[] low;
    private final byte[] high;

    Positions(int objects, long fileBytes) {
        low = new int[objects];
        high = new byte[fileBytes >>> 32 == 0 ? 0 : objects];
    }

    void set(int object, long position) {
        low[object] = (int) position;
        if (high.length > 0) {
            high[object] = (byte) (position >>> 32);
        }
    }

    long get(int object) {
        long position = low[object] & 0xffff_ffffL;
        return high.length == 0 ? position : position | (high[object] & 0xffL) << 32;
    }
}
