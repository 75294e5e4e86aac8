package org.leaklab.heapdump.graph;

import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.DumpFile;
import org.leaklab.heapdump.hprof.MalformedDumpException;
import org.leaklab.heapdump.hprof.ProgressListener;
import org.leaklab.heapdump.hprof.RecordReader;
import org.leaklab.heapdump.hprof.Roots;
import org.leaklab.heapdump.hprof.Symbols;
import org.leaklab.heapdump.hprof.Tag;
import org.leaklab.heapdump.primitive.Ints;

/**
 * Loads a dump in passes over its file: an object can only be numbered when the addresses of all are known, and its
 * fields only be told when its class is, which may stand behind it.
 *
 * <ol>
 *   <li>"reading": every record outside of the heap (names, frames, stacks), every root, every class with its fields,
 *       and the address of every object.
 *   <li>"reading again", only where identifiers are no addresses of words: the same addresses, in a finer index.
 *   <li>Between the passes objects get their numbers, classes their superclasses and the places of their fields.
 *   <li>"indexing": where the record of every object begins, whether anything can be alive through it, and which
 *       objects are of classes that the caller wants listed.
 * </ol>
 *
 * <p>What objects refer to is not loaded: {@link Heap} reads that from the file when somebody asks.
 */
public final class HeapLoader {

    private static final int WORD_SHIFT = 3;

    private HeapLoader() {}

    /**
     * Loads a dump.
     *
     * @param leftOut fields that shall not exist, each as its class's name, a dot, and its own name
     * @param kind a number of the caller's for each class; {@link Heap#listed} has the instances of all but 0
     */
    public static Heap load(
            DumpFile file, Set<String> leftOut, ToIntFunction<DumpClass> kind, ProgressListener progress)
            throws MalformedDumpException {
        RecordReader reader = new RecordReader(file, progress);
        FirstPass first = new FirstPass(file, reader);
        reader.walk("reading", first);
        AddressIndex index = first.index;
        if (first.misaligned) {
            AddressIndex finer = new AddressIndex(0);
            reader.walk("reading again", (tag, at) -> finer.add(reader.id(at)));
            index = finer;
        }
        index.seal();
        first.classes.join(index);
        Layout layout = new Layout(first.classes.all(), first.symbols.names(), reader.idBytes(), leftOut, kind);
        first.classes.all().forEach(layout::layOut);
        SecondPass second = new SecondPass(file, reader, first.classes, index);
        reader.walk("indexing", second);
        return new Heap(
                file,
                reader,
                first.symbols,
                first.roots,
                first.classes,
                index,
                second.positions,
                second.traits,
                second.listed.toArray());
    }

    private static final class FirstPass implements RecordReader.Visitor {

        private final DumpFile file;
        private final RecordReader reader;
        final Symbols symbols;
        final Roots roots = new Roots();
        final Classes classes;
        final AddressIndex index = new AddressIndex(WORD_SHIFT);
        boolean misaligned;

        FirstPass(DumpFile file, RecordReader reader) {
            this.file = file;
            this.reader = reader;
            symbols = new Symbols(file, reader);
            classes = new Classes(file, reader);
        }

        @Override
        public void record(int tag, long at, long length) throws MalformedDumpException {
            symbols.add(tag, at, length);
        }

        @Override
        public void root(int tag, long at) {
            roots.add(tag, at, reader, file);
        }

        @Override
        public void object(int tag, long at) throws MalformedDumpException {
            long id = reader.id(at);
            misaligned |= !index.isAligned(id);
            index.add(id);
            if (tag == Tag.CLASS) {
                classes.add(at, symbols);
            }
        }
    }

    private static final class SecondPass implements RecordReader.Visitor {

        private final DumpFile file;
        private final RecordReader reader;
        private final int idBytes;
        private final Classes classes;
        private final AddressIndex index;
        final Positions positions;
        final byte[] traits;
        final Ints listed = new Ints();

        // the class of the last instance: objects of a class often stand side by side
        private long lastId;
        private @Nullable DumpClass lastClass;

        SecondPass(DumpFile file, RecordReader reader, Classes classes, AddressIndex index) {
            this.file = file;
            this.reader = reader;
            this.idBytes = reader.idBytes();
            this.classes = classes;
            this.index = index;
            positions = new Positions(index.size(), file.size());
            traits = new byte[index.size()];
        }

        @Override
        public void object(int tag, long at) throws MalformedDumpException {
            int object = index.find(reader.id(at));
            positions.set(object, at - 1);
            traits[object] = 0; // a damaged dump may have an object twice
            if (tag == Tag.PRIMITIVE_ARRAY) {
                traits[object] = Heap.LEAF;
            } else if (tag == Tag.INSTANCE) {
                instance(object, at);
            }
        }

        private void instance(int object, long at) throws MalformedDumpException {
            DumpClass type = type(reader.id(at + idBytes + 4), at);
            type.isExtendedOrMade = true;
            if (file.u4(at + 2L * idBytes + 4) < type.bytes) {
                throw MalformedDumpException.damaged(
                        file, "at byte " + at + " an instance of " + type.name() + " is shorter than its fields");
            }
            if (type.isLeaf()) {
                traits[object] = Heap.LEAF;
            } else if (type.kind != 0) {
                listed.add(object);
            }
        }

        private DumpClass type(long id, long at) throws MalformedDumpException {
            DumpClass type = lastClass;
            if (type == null || id != lastId) {
                type = classes.byId(id);
                if (type == null) {
                    throw MalformedDumpException.damaged(
                            file, "at byte " + at + " stands an instance of a class that is not in the dump");
                }
                lastId = id;
                lastClass = type;
            }
            return type;
        }
    }
}
