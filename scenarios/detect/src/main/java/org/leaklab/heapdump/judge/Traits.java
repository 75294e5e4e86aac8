package org.leaklab.heapdump.judge;

import org.leaklab.heapdump.graph.Heap;

/** What the judging notes of each object, a byte each: the stage in which it was reached, and whether it is a case. */
final class Traits {

    private static final int STAGE_SHIFT = 1;
    private static final int STAGE_MASK = 7 << STAGE_SHIFT;
    private static final int CASE = 1 << 4;

    private final byte[] bytes;

    Traits(Heap heap) {
        bytes = heap.traits();
    }

    /** Removes all notes of an earlier judgement. */
    void forget() {
        for (int object = 0; object < bytes.length; object++) {
            bytes[object] &= Heap.LEAF;
        }
    }

    /** How many objects there are. */
    int objects() {
        return bytes.length;
    }

    /** The stage in which an object was reached, or 0. */
    int stage(int object) {
        return (bytes[object] & STAGE_MASK) >> STAGE_SHIFT;
    }

    void setStage(int object, int stage) {
        bytes[object] = (byte) (bytes[object] & ~STAGE_MASK | stage << STAGE_SHIFT);
    }

    /** Whether there is more to do with an object than to follow what it leads to. */
    boolean isCase(int object) {
        return (bytes[object] & CASE) != 0;
    }

    void setCase(int object) {
        bytes[object] |= CASE;
    }

    /** Whether nothing is alive through an object, and it is no case. */
    boolean isOfNoUse(int object) {
        return (bytes[object] & (Heap.LEAF | CASE)) == Heap.LEAF;
    }
}
