package org.leaklab.heapdump.graph;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.DumpFile;
import org.leaklab.heapdump.hprof.Names;
import org.leaklab.heapdump.hprof.RecordReader;
import org.leaklab.heapdump.hprof.Roots;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.hprof.Symbols;
import org.leaklab.heapdump.hprof.Tag;

/**
 * The objects of a dump, by number: which there are, where the record of each stands, and which class it has. Numbers
 * go from 0 up in the order of addresses; -1 stands for null and for an object that is not in the dump.
 *
 * <p>What an object holds is read from the file when somebody asks: by name through {@link Fields}, all references
 * through {@link Edges}.
 */
public final class Heap {

    /** The bit of {@link #traits} for objects through which nothing is alive. */
    public static final byte LEAF = 1;

    private final DumpFile file;
    private final RecordReader reader;
    private final Symbols symbols;
    private final Roots roots;
    private final Classes classes;
    private final AddressIndex index;
    private final Positions positions;
    private final byte[] traits;
    private final int[] listed;
    private final int idBytes;

    Heap(
            DumpFile file,
            RecordReader reader,
            Symbols symbols,
            Roots roots,
            Classes classes,
            AddressIndex index,
            Positions positions,
            byte[] traits,
            int[] listed) {
        this.file = file;
        this.reader = reader;
        this.symbols = symbols;
        this.roots = roots;
        this.classes = classes;
        this.index = index;
        this.positions = positions;
        this.traits = traits;
        this.listed = listed;
        idBytes = reader.idBytes();
    }

    /** How many objects there are. */
    public int size() {
        return index.size();
    }

    /** The number of an object, or -1. */
    public int find(long id) {
        return id == 0 ? -1 : index.find(id);
    }

    /** The class of an instance, array or class object, or null for an array of primitives. */
    public @Nullable DumpClass classOf(int object) {
        long at = positions.get(object) + 1;
        return switch (file.u1(at - 1)) {
            case Tag.INSTANCE -> classes.byId(reader.id(at + idBytes + 4));
            case Tag.OBJECT_ARRAY -> classes.byId(reader.id(at + idBytes + 8));
            case Tag.CLASS -> classes.byId(reader.id(at));
            default -> null;
        };
    }

    /** The class's name, for people. */
    public String typeName(int object) {
        DumpClass type = classOf(object);
        return type == null ? "array of primitives" : type.name();
    }

    /** Whether an object is a class. */
    public boolean isClass(int object) {
        return tag(object) == Tag.CLASS;
    }

    /** The class with an identifier, or null. */
    public @Nullable DumpClass classById(long id) {
        return classes.byId(id);
    }

    /** A class by its name, one of them where several loaders have it, or null. */
    public @Nullable DumpClass classByName(String name) {
        return classes.byName(name);
    }

    /** All classes. */
    public List<DumpClass> classes() {
        return classes.all();
    }

    /** Whether several loaders have a class with a name. */
    public boolean hasSeveral(String name) {
        return classes.hasSeveral(name);
    }

    /** The names of the fields that a class itself declares for its instances. */
    public List<String> declaredFields(DumpClass type) {
        return LongStream.of(type.fieldNames).mapToObj(names()::get).toList();
    }

    /** Numbers of the objects whose classes were to be listed. */
    public int[] listed() {
        return listed;
    }

    /** A byte for each object, by number: {@link #LEAF}, and seven bits for whoever marks objects. */
    public byte[] traits() {
        return traits;
    }

    /** What is held from outside of the heap. */
    public Roots roots() {
        return roots;
    }

    /** The stacks of threads. */
    public Stacks stacks() {
        return symbols.stacks();
    }

    /** When the dump was taken. */
    public Instant takenAt() {
        return reader.takenAt();
    }

    /** Where an object's record begins: its tag. */
    long position(int object) {
        return positions.get(object);
    }

    int tag(int object) {
        return file.u1(positions.get(object));
    }

    /** Where the fields of an instance, or the elements of an array of objects, begin. */
    long contents(int object) {
        return positions.get(object) + 9 + 2L * idBytes;
    }

    DumpFile file() {
        return file;
    }

    RecordReader reader() {
        return reader;
    }

    Names names() {
        return symbols.names();
    }

    /** Whether an object has this address or a higher one. */
    boolean reaches(long address) {
        return index.reaches(address);
    }
}
