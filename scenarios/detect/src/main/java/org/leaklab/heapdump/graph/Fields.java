package org.leaklab.heapdump.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.DumpFile;
import org.leaklab.heapdump.hprof.RecordReader;
import org.leaklab.heapdump.hprof.Tag;
import org.leaklab.heapdump.primitive.Ints;

/** What objects hold, by the names of fields, and what strings and arrays hold. */
public final class Fields {

    /** Sees a static field: the identifier of its name, its type, and where its value stands. */
    @FunctionalInterface
    interface StaticVisitor {
        void field(long name, int type, long at);
    }

    private static final int LONGEST_STRING = 1 << 14;
    private static final int UTF16 = 1;

    private final Heap heap;
    private final DumpFile file;
    private final RecordReader reader;
    private final int idBytes;

    /** Of the objects of a dump. */
    public Fields(Heap heap) {
        this.heap = heap;
        file = heap.file();
        reader = heap.reader();
        idBytes = reader.idBytes();
    }

    /** The object that a field refers to, or -1 for null, no such field and what is not in the dump. */
    public int reference(int object, String field) {
        long at = fieldAt(object, field);
        return at < 0 ? -1 : heap.find(reader.id(at));
    }

    /** Whether a field refers to anything, in the dump or not. */
    public boolean isSet(int object, String field) {
        long at = fieldAt(object, field);
        return at >= 0 && reader.id(at) != 0;
    }

    /** The value of a field of type int, or {@code otherwise} where there is none. */
    public int number(int object, String field, int otherwise) {
        long at = fieldAt(object, field);
        return at < 0 ? otherwise : file.i4(at);
    }

    /** The value of a field of type long, or 0 where there is none. */
    public long wide(int object, String field) {
        long at = fieldAt(object, field);
        return at < 0 ? 0 : file.i8(at);
    }

    /** Whether a field of type boolean is true; false where there is none. */
    public boolean flag(int object, String field) {
        long at = fieldAt(object, field);
        return at >= 0 && file.u1(at) != 0;
    }

    private long fieldAt(int object, String field) {
        if (object < 0 || heap.tag(object) != Tag.INSTANCE) {
            return -1;
        }
        DumpClass type = heap.classOf(object);
        int offset = type == null ? -1 : type.offsetOf(field, heap.names());
        return offset < 0 ? -1 : heap.contents(object) + offset;
    }

    /** What the elements of an array of objects refer to, those that are in the dump. */
    public int[] elements(int array) {
        Ints found = new Ints();
        if (heap.tag(array) == Tag.OBJECT_ARRAY) {
            long count = file.u4(heap.position(array) + 1 + idBytes + 4);
            long at = heap.contents(array);
            for (long i = 0; i < count; i++, at += idBytes) {
                int element = heap.find(reader.id(at));
                if (element >= 0) {
                    found.add(element);
                }
            }
        }
        return found.toArray();
    }

    /** The text of a {@code java.lang.String}, or null if the object is none. */
    public @Nullable String string(int object) {
        int value = reference(object, "value");
        if (value < 0 || heap.tag(value) != Tag.PRIMITIVE_ARRAY) {
            return null;
        }
        long at = heap.position(value) + 1 + idBytes + 4;
        int type = file.u1(at + 4);
        int length = (int) Math.min(LONGEST_STRING, file.u4(at) * Tag.bytes(type, idBytes));
        byte[] bytes = file.bytes(at + 5, length & (type == Tag.CHAR ? ~1 : ~0));
        if (type == Tag.CHAR) { // before JDK 9
            return new String(bytes, StandardCharsets.UTF_16BE);
        }
        long coder = fieldAt(object, "coder");
        return coder >= 0 && file.u1(coder) == UTF16 ? utf16(bytes) : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The dump has the bytes as the process had them in memory, and all of today's processors are little-endian. */
    private static String utf16(byte[] bytes) {
        return StandardCharsets.UTF_16LE.decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** The object that a static field refers to, or -1. */
    public int staticReference(DumpClass type, String field) {
        int[] found = {-1};
        statics(type, (name, valueType, at) -> {
            if (valueType == Tag.OBJECT && heap.names().get(name).equals(field)) {
                found[0] = heap.find(reader.id(at));
            }
        });
        return found[0];
    }

    /** The static fields of type int with their values, in the order of the dump. */
    public Map<String, Integer> staticNumbers(DumpClass type) {
        Map<String, Integer> found = new LinkedHashMap<>();
        statics(type, (name, valueType, at) -> {
            if (valueType == Tag.INT) {
                found.put(heap.names().get(name), file.i4(at));
            }
        });
        return found;
    }

    /** Visits the static fields of a class. */
    void statics(DumpClass type, StaticVisitor visitor) {
        long at = type.staticsAt;
        int count = file.u2(at);
        at += 2;
        for (int i = 0; i < count; i++) {
            int fieldType = file.u1(at + idBytes);
            visitor.field(reader.id(at), fieldType, at + idBytes + 1);
            at += idBytes + 1 + Tag.bytes(fieldType, idBytes);
        }
    }
}
