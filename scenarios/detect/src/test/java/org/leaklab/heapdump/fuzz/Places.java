package org.leaklab.heapdump.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the records of a whole dump with identifiers of 8 bytes stand, so that damage can be done to each type of them
 * alike: of a hundred thousand records a dozen types have but a few.
 */
final class Places {

    private static final int HEAP = 0x1000; // added to the tags of what stands within the heap's segments
    private static final int HEAP_DUMP = 0x0C;
    private static final int HEAP_DUMP_SEGMENT = 0x1C;
    private static final int CLASS = 0x20;
    private static final int[] VALUE_BYTES = {0, 0, 8, 0, 1, 2, 4, 8, 1, 2, 4, 8};

    /** A record: the positions of its tag and of its end. */
    record Place(int at, int end) {}

    private final ByteBuffer dump;
    private final Map<Integer, List<Place>> byType = new TreeMap<>();

    Places(byte[] bytes) {
        dump = ByteBuffer.wrap(bytes);
        int at = 0;
        while (bytes[at] != 0) {
            at++;
        }
        if (dump.getInt(at + 1) != 8) {
            throw new IllegalArgumentException("a dump with identifiers of 8 bytes is wanted to do damage to");
        }
        at += 13;
        while (at < bytes.length) {
            int tag = dump.get(at) & 0xff;
            int end = at + 9 + dump.getInt(at + 5);
            put(tag, at, end);
            if (tag == HEAP_DUMP || tag == HEAP_DUMP_SEGMENT) {
                segment(at + 9, end);
            }
            at = end;
        }
    }

    private void put(int type, int at, int end) {
        byType.computeIfAbsent(type, unused -> new ArrayList<>()).add(new Place(at, end));
    }

    private void segment(int from, int to) {
        int at = from;
        while (at < to) {
            int tag = dump.get(at) & 0xff;
            int end = at + 1 + length(tag, at + 1);
            put(HEAP + tag, at, end);
            at = end;
        }
    }

    private int length(int tag, int at) {
        return switch (tag) {
            case 0xff, 0x05, 0x07 -> 8;
            case 0x01 -> 16;
            case 0x04, 0x06 -> 12;
            case 0x02, 0x03, 0x08 -> 16;
            case 0x21 -> 24 + dump.getInt(at + 20);
            case 0x22 -> 24 + 8 * dump.getInt(at + 12);
            case 0x23 -> 17 + VALUE_BYTES[dump.get(at + 16)] * dump.getInt(at + 12);
            case CLASS -> classLength(at);
            default -> throw new IllegalArgumentException("tag " + tag + " at byte " + at);
        };
    }

    private int classLength(int from) {
        int at = from + 64;
        int constants = dump.getShort(at);
        at += 2;
        for (int i = 0; i < constants; i++) {
            at += 3 + VALUE_BYTES[dump.get(at + 2)];
        }
        int statics = dump.getShort(at);
        at += 2;
        for (int i = 0; i < statics; i++) {
            at += 9 + VALUE_BYTES[dump.get(at + 8)];
        }
        return at + 2 + 9 * dump.getShort(at) - from;
    }

    /** The types of record that the dump has. */
    List<Integer> types() {
        return List.copyOf(byType.keySet());
    }

    List<Place> ofType(int type) {
        return byType.getOrDefault(type, List.of());
    }

    /** The records of classes: their identifier, a serial number, and then that of their superclass. */
    List<Place> classes() {
        return ofType(HEAP + CLASS);
    }
}
