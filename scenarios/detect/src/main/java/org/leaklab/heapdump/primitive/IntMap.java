package org.leaklab.heapdump.primitive;

import org.jspecify.annotations.Nullable;

/**
 * Numbers of objects, 0 or more, to what is known of them; without an object for each number. A negative number stands
 * for no object, of which nothing is known.
 */
public final class IntMap<V> {

    private static final int GOLDEN = 0x9E37_79B9;

    /** Each number plus one; 0 where a place is free. */
    private int[] keys = new int[64];

    private @Nullable Object[] values = new @Nullable Object[64];
    private int size;

    /** What is known of a number, or null. */
    @SuppressWarnings("unchecked")
    public @Nullable V get(int key) {
        return key < 0 || size == 0 ? null : (V) values[slot(key + 1)];
    }

    /** Sets what is known of a number, 0 or more. */
    public void put(int key, V value) {
        if (size >= keys.length / 2) {
            grow();
        }
        int slot = slot(key + 1);
        size += keys[slot] == 0 ? 1 : 0;
        keys[slot] = key + 1;
        values[slot] = value;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Where the key is, or would be. */
    private int slot(int key) {
        int mask = keys.length - 1;
        int hash = key * GOLDEN;
        int slot = (hash ^ hash >>> 16) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new int[oldKeys.length * 2];
        values = new @Nullable Object[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
