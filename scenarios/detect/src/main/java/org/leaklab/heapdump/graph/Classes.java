package org.leaklab.heapdump.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.DumpFile;
import org.leaklab.heapdump.hprof.MalformedDumpException;
import org.leaklab.heapdump.hprof.RecordReader;
import org.leaklab.heapdump.hprof.Symbols;
import org.leaklab.heapdump.hprof.Tag;

/** The classes of a dump. Add all, then {@link #join}, then ask. */
final class Classes {

    private static final int DEEPEST = 1000;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final DumpFile file;
    private final RecordReader reader;
    private final int idBytes;
    /** By a hash of its identifier, each class; the graph asks for one at every step. */
    private @Nullable DumpClass[] byId = new @Nullable DumpClass[1 << 10];

    private final List<DumpClass> all = new ArrayList<>();
    private final Map<String, DumpClass> byName = new HashMap<>();
    private final Set<String> several = new HashSet<>();

    Classes(DumpFile file, RecordReader reader) {
        this.file = file;
        this.reader = reader;
        this.idBytes = reader.idBytes();
    }

    /** Adds the class of a record: behind its head, its constants and its statics stand the fields of instances. */
    void add(long at, Symbols symbols) {
        long id = reader.id(at);
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
        for (int i = 0; i < fields; i++) {
            fieldNames[i] = reader.id(p);
            fieldTypes[i] = (byte) file.u1(p + idBytes);
            p += idBytes + 1;
        }
        long superId = reader.id(at + idBytes + 4);
        long loaderId = reader.id(at + 2L * idBytes + 4);
        DumpClass type =
                new DumpClass(id, symbols.className(id), superId, loaderId, staticsAt, fieldNames, fieldTypes, idBytes);
        all.add(type);
        if (all.size() > byId.length / 4) {
            byId = new @Nullable DumpClass[byId.length * 2];
            all.forEach(this::place);
        } else {
            place(type);
        }
    }

    /**
     * Joins each class with its superclass and with its own number as an object.
     *
     * @throws MalformedDumpException if a class is among its own superclasses, as a damaged dump may say
     */
    void join(AddressIndex index) throws MalformedDumpException {
        for (DumpClass type : all) {
            DumpClass above = type.superId == 0 ? null : byId(type.superId);
            if (above != null) {
                type.superclass = above;
                above.isExtendedOrMade = true;
            }
            type.number = index.find(type.id);
            if (byName.putIfAbsent(type.name(), type) != null) {
                several.add(type.name());
            }
        }
        joinArrays();
        for (DumpClass type : all) {
            int steps = 0;
            for (DumpClass c = type; c != null; c = c.superclass) {
                if (++steps > DEEPEST) {
                    throw MalformedDumpException.damaged(
                            file,
                            "the class " + type.name() + " is among its own superclasses, or has more than " + DEEPEST
                                    + " of them");
                }
            }
        }
    }

    /** Code that has a class gets at the classes of its arrays, though no reference in a dump leads there. */
    private void joinArrays() {
        record Element(String name, long loader) {}
        Map<Element, DumpClass> elements = new HashMap<>();
        all.forEach(type -> elements.put(new Element(type.name(), type.loaderId()), type));
        for (DumpClass type : all) {
            String element =
                    type.isArray() ? type.name().substring(0, type.name().length() - 2) : "";
            DumpClass of = elements.get(new Element(element, type.loaderId()));
            if (of != null) {
                of.arrays.add(type);
            }
        }
    }

    List<DumpClass> all() {
        return Collections.unmodifiableList(all);
    }

    /** The class with an identifier, or null. */
    @Nullable
    DumpClass byId(long id) {
        return byId[slot(id)];
    }

    /** Of classes with one identifier, as a damaged dump may have them, the last counts. */
    private void place(DumpClass type) {
        byId[slot(type.id)] = type;
    }

    /** Where a class is, or would be. */
    private int slot(long id) {
        int mask = byId.length - 1;
        int slot = (int) ((id * GOLDEN) >>> 40) & mask;
        for (DumpClass there = byId[slot]; there != null && there.id != id; there = byId[slot]) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** The class with a name, one of them where several loaders have it, or null. */
    @Nullable
    DumpClass byName(String name) {
        return byName.get(name);
    }

    /** Whether several loaders have a class with a name. */
    boolean hasSeveral(String name) {
        return several.contains(name);
    }
}
