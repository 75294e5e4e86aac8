package org.leaklab.heapdump;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a dump in two walks: the first sees which objects, classes, roots and stacks there are, the second notes where
 * each object stands.
 */
final class HeapLoader {

    /** The bit of {@link Heap#traits} for objects through which nothing is alive. */
    static final byte LEAF = 1;

    private static final int WORD_SHIFT = 3;
    private static final int DEEPEST = 1000;

    final DumpFile file;
    final RecordReader reader;
    final Names names;
    final Stacks stacks;
    final Roots roots = new Roots();
    final LongMap classNumbers = new LongMap();
    final List<DumpClass> classes = new ArrayList<>();
    final Ints cast = new Ints();
    AddressIndex index = new AddressIndex(WORD_SHIFT);
    Positions positions;
    byte[] traits = {};
    long highest;

    private final int idBytes;
    private final LongMap nameOfClass = new LongMap();
    private final LongMap nameOfSerial = new LongMap();
    private final LongMap idOfSerial = new LongMap();
    private final Set<String> leftOut;
    private boolean misaligned;

    private HeapLoader(DumpFile file, Set<String> leftOut, Progress progress) throws BrokenDumpException {
        this.file = file;
        this.leftOut = leftOut;
        reader = new RecordReader(file, progress);
        idBytes = reader.idBytes();
        names = new Names(file, idBytes);
        stacks = new Stacks(file, idBytes, names, nameOfSerial, idOfSerial);
        positions = new Positions(0, 0);
    }

    /** Loads a dump as if these fields did not exist, each named by its class and itself. */
    static Heap load(DumpFile file, Set<String> leftOut, Progress progress) throws BrokenDumpException {
        HeapLoader loader = new HeapLoader(file, leftOut, progress);
        loader.reader.walk("reading", loader.new First());
        if (loader.misaligned) { // identifiers that are no addresses of words: counted ones, say
            loader.index = new AddressIndex(0);
            loader.reader.walk("reading again", (tag, at) -> loader.index.add(loader.reader.id(at)));
        }
        loader.index.seal();
        loader.link();
        loader.positions = new Positions(loader.index.size(), file.size());
        loader.traits = new byte[loader.index.size()];
        loader.reader.walk("indexing", loader.new Second());
        return new Heap(loader);
    }

    private final class First implements RecordReader.Visitor {

        @Override
        public void record(int tag, long at, long length) throws BrokenDumpException {
            long least = switch (tag) {
                case Tag.UTF8 -> idBytes;
                case Tag.LOAD_CLASS -> 8 + 2L * idBytes;
                case Tag.FRAME -> 8 + 4L * idBytes;
                case Tag.TRACE -> 12;
                default -> 0;
            };
            if (length < least) {
                throw new BrokenDumpException(String.format(
                        Locale.ROOT,
                        "%s is damaged: at byte %d a record with tag 0x%02x has %d bytes, and needs %d; take the dump again",
                        file.name(),
                        at,
                        tag,
                        length,
                        least));
            }
            switch (tag) {
                case Tag.UTF8 -> names.add(reader.id(at), at, length);
                case Tag.LOAD_CLASS -> {
                    long name = reader.id(at + 8 + idBytes);
                    nameOfSerial.put(file.u4(at), name);
                    idOfSerial.put(file.u4(at), reader.id(at + 4));
                    nameOfClass.put(reader.id(at + 4), name);
                }
                case Tag.FRAME -> stacks.addFrame(reader.id(at), at);
                case Tag.TRACE -> stacks.addTrace(file.u4(at), at, length);
                default -> {}
            }
        }

        @Override
        public void root(int tag, long at) {
            roots.add(tag, at, reader, file);
        }

        @Override
        public void object(int tag, long at) throws BrokenDumpException {
            long id = reader.id(at);
            misaligned |= !index.isAligned(id);
            index.add(id);
            highest = Math.max(highest, id);
            if (tag == Tag.CLASS) {
                addClass(at);
            }
        }
    }

    private void addClass(long at) {
        long id = reader.id(at);
        long name = nameOfClass.get(id);
        long p = at + 7L * idBytes + 8;
        int constants = file.u2(p);
        p += 2;
        for (int i = 0; i < constants; i++) {
            p += 3 + Tag.bytes(file.u1(p + 2), idBytes);
        }
        long staticsAt = p;
        int statics = file.u2(p);
        p += 2;
        for (int i = 0; i < statics; i++) {
            p += idBytes + 1 + Tag.bytes(file.u1(p + idBytes), idBytes);
        }
        int fields = file.u2(p);
        p += 2;
        long[] fieldNames = new long[fields];
        byte[] fieldTypes = new byte[fields];
        int bytes = 0;
        for (int i = 0; i < fields; i++) {
            fieldNames[i] = reader.id(p);
            fieldTypes[i] = (byte) file.u1(p + idBytes);
            bytes += Tag.bytes(fieldTypes[i], idBytes);
            p += idBytes + 1;
        }
        classNumbers.put(id, classes.size());
        classes.add(new DumpClass(
                id,
                name < 0 ? "?" : names.className(name),
                at - 1,
                reader.id(at + idBytes + 4),
                reader.id(at + 2L * idBytes + 4),
                staticsAt,
                fieldNames,
                fieldTypes,
                bytes));
    }

    /** Joins classes with their superclasses, and lays their fields out. */
    private void link() throws BrokenDumpException {
        for (DumpClass type : classes) {
            long above = type.superId == 0 ? -1 : classNumbers.get(type.superId);
            if (above >= 0) {
                type.superclass = classes.get((int) above);
                type.superclass.isExtendedOrMade = true;
            }
            type.number = index.find(type.id);
        }
        for (DumpClass type : classes) {
            int steps = 0; // a damaged dump may go round in circles
            for (DumpClass c = type; c != null; c = c.superclass) {
                if (++steps > DEEPEST) {
                    throw new BrokenDumpException(file.name() + " is damaged: the class " + type.name
                            + " is among its own superclasses, or has more than " + DEEPEST
                            + " of them; take the dump again");
                }
            }
            layOut(type);
        }
    }

    private void layOut(DumpClass type) {
        boolean weak = type.is("java.lang.ref.WeakReference") || type.is("java.lang.ref.PhantomReference");
        Ints references = new Ints();
        Ints without = new Ints();
        int offset = 0;
        for (DumpClass c = type; c != null; c = c.superclass) {
            for (int i = 0; i < c.fieldTypes.length; i++) {
                if (c.fieldTypes[i] == Tag.OBJECT) {
                    String field = c.name.equals("java.lang.ref.Reference") ? names.get(c.fieldNames[i]) : "";
                    if (field.equals("referent")) {
                        type.referent = offset;
                    } else if (field.equals("queue")) {
                        type.queue = offset;
                    }
                    if (weak && field.equals("referent")) {
                        type.weakReferent = offset;
                    } else {
                        (isLeftOut(c, c.fieldNames[i]) ? without : references).add(offset);
                    }
                }
                offset += Tag.bytes(c.fieldTypes[i], idBytes);
            }
        }
        type.bytes = offset;
        type.references = references.toArray();
        type.leftOut = without.toArray();
        type.role = Role.of(type);
    }

    private boolean isLeftOut(DumpClass type, long field) {
        return !leftOut.isEmpty() && leftOut.contains(type.name + "." + names.get(field));
    }

    private final class Second implements RecordReader.Visitor {

        private long lastId;
        private DumpClass lastClass = classes.isEmpty() ? none() : classes.getFirst();

        @Override
        public void object(int tag, long at) throws BrokenDumpException {
            int object = index.find(reader.id(at));
            positions.set(object, at - 1);
            traits[object] = 0;
            if (tag == Tag.PRIMITIVE_ARRAY) {
                traits[object] = LEAF;
            } else if (tag == Tag.INSTANCE) {
                DumpClass type = type(reader.id(at + idBytes + 4), at);
                type.isExtendedOrMade = true;
                if (file.u4(at + 2L * idBytes + 4) < type.bytes) {
                    throw new BrokenDumpException(file.name() + " is damaged: at byte " + at + " an instance of "
                            + type.name + " is shorter than its fields; take the dump again");
                }
                if (type.isLeaf()) {
                    traits[object] = LEAF;
                } else if (type.role != Role.NONE) {
                    cast.add(object);
                }
            }
        }

        private DumpClass type(long id, long at) throws BrokenDumpException {
            if (id != lastId || lastId == 0) {
                long number = classNumbers.get(id);
                if (number < 0) {
                    throw new BrokenDumpException(file.name() + " is damaged: at byte " + at
                            + " stands an instance of a class that is not in the dump; take the dump again");
                }
                lastId = id;
                lastClass = classes.get((int) number);
            }
            return lastClass;
        }

        private static DumpClass none() {
            return new DumpClass(0, "?", 0, 0, 0, 0, new long[0], new byte[0], 0);
        }
    }
}
