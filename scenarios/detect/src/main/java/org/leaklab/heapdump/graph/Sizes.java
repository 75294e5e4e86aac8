package org.leaklab.heapdump.graph;

import org.leaklab.heapdump.hprof.DumpFile;
import org.leaklab.heapdump.hprof.Tag;

/** How many bytes objects took in the heap of the process, as far as a dump tells: it has no headers and no gaps. */
final class Sizes {

    /** From here on a JVM does not write references in four bytes. */
    private static final long LEAST_UNCOMPRESSED = 32L << 30;

    private static final int HEADER = 12;
    private static final int ARRAY_HEADER = 16;

    private final Heap heap;
    private final Fields fields;
    private final DumpFile file;
    private final int idBytes;
    private final int referenceBytes;

    Sizes(Heap heap) {
        this.heap = heap;
        fields = new Fields(heap);
        file = heap.file();
        idBytes = heap.reader().idBytes();
        referenceBytes = idBytes == 4 || !heap.reaches(LEAST_UNCOMPRESSED) ? 4 : 8;
    }

    /** The bytes of an object, header and padding among them. */
    long of(int object) {
        long at = heap.position(object) + 1;
        long count = file.u4(at + idBytes + 4);
        return switch (file.u1(at - 1)) {
            case Tag.OBJECT_ARRAY -> rounded(ARRAY_HEADER + count * referenceBytes);
            case Tag.PRIMITIVE_ARRAY -> rounded(ARRAY_HEADER + count * Tag.bytes(file.u1(at + idBytes + 8), idBytes));
            case Tag.INSTANCE -> instance(object);
            default -> 0; // classes live outside of the heap, but for a small mirror
        };
    }

    private long instance(int object) {
        DumpClass type = heap.classOf(object);
        if (type == null) {
            return 0;
        }
        if (type.heapBytes == 0) {
            int[] bytes = {HEADER};
            type.eachField((declaring, name, valueType, offset) ->
                    bytes[0] += valueType == Tag.OBJECT ? referenceBytes : Tag.bytes(valueType, idBytes));
            type.heapBytes = (int) rounded(bytes[0]);
        }
        // the words of a virtual thread's stack stand behind the fields, and no dump shows them
        long stack = type.name().equals("jdk.internal.vm.StackChunk")
                ? 8L * Math.max(0, fields.number(object, "size", 0))
                : 0;
        return type.heapBytes + stack;
    }

    private static long rounded(long bytes) {
        return (bytes + 7) & ~7L;
    }
}
