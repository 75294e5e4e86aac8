package org.leaklab.heapdump;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a dump, by number. Numbers go from 0 up in the order of addresses; -1 stands for null and for an
 * object that is not in the dump. Contents are read from the file when somebody asks.
 */
final class Heap {

    private static final int LONGEST_STRING = 1 << 14;
    private static final long LEAST_UNCOMPRESSED = 32L << 30;
    private static final int HEADER = 12;
    private static final int ARRAY_HEADER = 16;
    private static final int UTF16 = 1;

    final DumpFile file;
    final RecordReader reader;
    final Names names;
    final Stacks stacks;
    final Roots roots;

    private final AddressIndex index;
    private final Positions positions;
    private final LongMap classNumbers;
    private final List<DumpClass> classes;
    private final Map<String, DumpClass> byName = new HashMap<>();
    private final int idBytes;
    private final int referenceBytes;

    /** Whether an object is a leaf: nothing is alive through it. One a number; the marking uses the other bits. */
    final byte[] traits;

    /** Numbers of the objects whose class has a role. */
    final int[] cast;

    /** What a dump holds, as its loader has found it. */
    Heap(HeapLoader loaded) {
        file = loaded.file;
        reader = loaded.reader;
        names = loaded.names;
        stacks = loaded.stacks;
        roots = loaded.roots;
        index = loaded.index;
        positions = loaded.positions;
        classNumbers = loaded.classNumbers;
        classes = loaded.classes;
        traits = loaded.traits;
        cast = loaded.cast.toArray();
        classes.forEach(type -> byName.putIfAbsent(type.name, type));
        idBytes = reader.idBytes();
        referenceBytes = idBytes == 4 || loaded.highest < LEAST_UNCOMPRESSED ? 4 : 8;
    }

    /** Leaves of the traits only what does not depend on a marking. */
    void forgetMarks() {
        for (int object = 0; object < traits.length; object++) {
            traits[object] &= HeapLoader.LEAF;
        }
    }

    int size() {
        return index.size();
    }

    /** The number of an object, or -1. */
    int find(long id) {
        return id == 0 ? -1 : index.find(id);
    }

    /** Where its record begins: its tag. */
    long position(int object) {
        return positions.get(object);
    }

    int tag(int object) {
        return file.u1(positions.get(object));
    }

    @Nullable
    DumpClass classById(long id) {
        long at = classNumbers.get(id);
        return at < 0 ? null : classes.get((int) at);
    }

    /** A class by its name; one of them where several loaders have it. */
    @Nullable
    DumpClass classByName(String name) {
        return byName.get(name);
    }

    /** The class of an instance, array or class object, or null for an array of primitives. */
    @Nullable
    DumpClass classOf(int object) {
        long at = positions.get(object) + 1;
        return switch (file.u1(at - 1)) {
            case Tag.INSTANCE -> classById(reader.id(at + idBytes + 4));
            case Tag.OBJECT_ARRAY -> classById(reader.id(at + idBytes + 8));
            case Tag.CLASS -> classById(reader.id(at));
            default -> null;
        };
    }

    /** Where the fields of an instance, or the elements of an array of objects, begin. */
    long contents(int object) {
        return positions.get(object) + 9 + 2L * idBytes;
    }

    /** The class's name, for people. */
    String typeName(int object) {
        DumpClass type = classOf(object);
        return type == null ? "array of primitives" : type.name;
    }

    /** Where a field of instances of a class stands, or -1 if there is none; {@code declared} names its class. */
    int offset(DumpClass type, String declared, String field) {
        int offset = 0;
        for (DumpClass c = type; c != null; c = c.superclass) {
            if (c.name.equals(declared)) {
                int at = offset;
                for (int i = 0; i < c.fieldNames.length; i++) {
                    if (names.get(c.fieldNames[i]).equals(field)) {
                        return at;
                    }
                    at += Tag.bytes(c.fieldTypes[i], idBytes);
                }
            }
            offset += c.ownBytes;
        }
        return -1;
    }

    /** Where a field stands in whatever superclass declares it; the innermost wins. */
    int offset(DumpClass type, String field) {
        for (DumpClass c = type; c != null; c = c.superclass) {
            int offset = offset(type, c.name, field);
            if (offset >= 0) {
                return offset;
            }
        }
        return -1;
    }

    /** The object that a field refers to, or -1 for null, no such field and what is not in the dump. */
    int reference(int object, String field) {
        long at = fieldAt(object, field);
        return at < 0 ? -1 : find(reader.id(at));
    }

    /** Whether an object can be in a variable of a type; where that may be an interface, anything can. */
    boolean canBe(int object, String type) {
        DumpClass actual = tag(object) == Tag.CLASS ? classByName("java.lang.Class") : classOf(object);
        if (actual == null || type.endsWith("[]")) {
            return actual == null || actual.isArray();
        }
        DumpClass declared = classByName(type);
        return declared == null || !declared.isNoInterface() || actual.is(type);
    }

    /** What the elements of an array of objects refer to, those that are in the dump. */
    int[] elements(int array) {
        Ints found = new Ints();
        if (tag(array) == Tag.OBJECT_ARRAY) {
            long count = file.u4(positions.get(array) + 1 + idBytes + 4);
            long at = contents(array);
            for (long i = 0; i < count; i++, at += idBytes) {
                int element = find(reader.id(at));
                if (element >= 0) {
                    found.add(element);
                }
            }
        }
        return found.toArray();
    }

    /** Whether a field refers to anything, in the dump or not. */
    boolean isSet(int object, String field) {
        long at = fieldAt(object, field);
        return at >= 0 && reader.id(at) != 0;
    }

    /** The value of a field of type int, or {@code otherwise} where there is none. */
    int number(int object, String field, int otherwise) {
        long at = fieldAt(object, field);
        return at < 0 ? otherwise : file.i4(at);
    }

    /** The value of a field of type long, or 0 where there is none. */
    long wide(int object, String field) {
        long at = fieldAt(object, field);
        return at < 0 ? 0 : file.i8(at);
    }

    /** Whether a field of type boolean is true; false where there is none. */
    boolean flag(int object, String field) {
        long at = fieldAt(object, field);
        return at >= 0 && file.u1(at) != 0;
    }

    private long fieldAt(int object, String field) {
        if (object < 0 || tag(object) != Tag.INSTANCE) {
            return -1;
        }
        DumpClass type = classOf(object);
        int offset = type == null ? -1 : type.offsetOf(field, this);
        return offset < 0 ? -1 : contents(object) + offset;
    }

    /** The text of a {@code java.lang.String}, or null if the object is none. */
    @Nullable
    String string(int object) {
        int value = reference(object, "value");
        if (value < 0 || tag(value) != Tag.PRIMITIVE_ARRAY) {
            return null;
        }
        long at = positions.get(value) + 1 + idBytes + 4;
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

    /** Bytes that the object took in the heap of the process, as far as a dump tells. */
    long heapBytes(int object) {
        long at = positions.get(object) + 1;
        long count = file.u4(at + idBytes + 4);
        return switch (file.u1(at - 1)) {
            case Tag.OBJECT_ARRAY -> rounded(ARRAY_HEADER + count * referenceBytes);
            case Tag.PRIMITIVE_ARRAY -> rounded(ARRAY_HEADER + count * Tag.bytes(file.u1(at + idBytes + 8), idBytes));
            case Tag.INSTANCE -> instanceBytes(object);
            default -> 0; // classes live outside of the heap, but for a small mirror
        };
    }

    private long instanceBytes(int object) {
        DumpClass type = classOf(object);
        if (type == null) {
            return 0;
        }
        if (type.heapBytes == 0) {
            int bytes = HEADER;
            for (DumpClass c = type; c != null; c = c.superclass) {
                for (byte field : c.fieldTypes) {
                    bytes += field == Tag.OBJECT ? referenceBytes : Tag.bytes(field, idBytes);
                }
            }
            type.heapBytes = (int) rounded(bytes);
        }
        // the words of a virtual thread's stack stand behind the fields, and no dump shows them
        long stack = type.name.equals("jdk.internal.vm.StackChunk") ? 8L * Math.max(0, number(object, "size", 0)) : 0;
        return type.heapBytes + stack;
    }

    private static long rounded(long bytes) {
        return (bytes + 7) & ~7L;
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

    /** Sees a static field: the identifier of its name, its type, and where its value stands. */
    @FunctionalInterface
    interface StaticVisitor {
        void field(long name, int type, long at);
    }
}
