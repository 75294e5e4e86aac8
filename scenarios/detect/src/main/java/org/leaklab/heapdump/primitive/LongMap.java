package org.leaklab.heapdump.primitive;

import java.util.Arrays;

/**
 * Longs to longs, without an object an entry. A key that is not there has the value -1.
 *
 * <p>Keys that count up from the first one, as the serial numbers of a dump do, are a plain array: millions of frames
 * are put and got in the order in which they lie in memory. All others are hashed.
 */
public final class LongMap {

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final Longs run = new Longs();
    private long first;

    private long[] keys = new long[64];
    private long[] values = empty(64);
    private int size;

    private static long[] empty(int length) {
        long[] values = new long[length];
        Arrays.fill(values, -1);
        return values;
    }

    /** Sets a value, 0 or more. */
    public void put(long key, long value) {
        if (size() == 0) {
            first = key;
        }
        long place = key - first;
        if (place == run.size() && !isHashed(key)) {
            run.add(value);
        } else if (place >= 0 && place < run.size()) {
            run.set((int) place, value);
        } else {
            hash(key, value);
        }
    }

    private boolean isHashed(long key) {
        return size > 0 && values[slot(key)] >= 0;
    }

    private void hash(long key, long value) {
        if (size >= keys.length / 2) {
            grow();
        }
        int slot = slot(key);
        if (values[slot] < 0) {
            keys[slot] = key;
            size++;
        }
        values[slot] = value;
    }

    /** The value, or -1. */
    public long get(long key) {
        long place = key - first;
        return place >= 0 && place < run.size() ? run.get((int) place) : size == 0 ? -1 : values[slot(key)];
    }

    public int size() {
        return run.size() + size;
    }

    /** Where the key is, or would be. */
    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * GOLDEN) >>> 32) & mask;
        while (values[slot] >= 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = empty(oldKeys.length * 2);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] >= 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
