package org.leaklab.heapdump;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The references of an object, read from the file: those through which what they lead to is alive. */
final class Edges {

    /** Sees where a reference leads: a number, or -1. */
    @FunctionalInterface
    interface Visitor {
        void to(int object);
    }

    /** Sees the same with the name of the field. */
    @FunctionalInterface
    interface NamedVisitor {
        void to(String field, int object);
    }

    /** Static fields through which the JDK lists threads for thread dumps, and nobody else gets at them. */
    private static final Map<String, String> LISTINGS = Map.of(
            "jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer",
            "VTHREADS",
            "jdk.internal.vm.ThreadContainers",
            "CONTAINER_REGISTRY");

    /** What whoever holds a thread can ask it for. */
    private static final List<String> ASKED = List.of("contextClassLoader", "uncaughtExceptionHandler");

    private final Heap heap;
    private final DumpFile file;
    private final RecordReader reader;
    private final int idBytes;

    Edges(Heap heap) {
        this.heap = heap;
        this.file = heap.file;
        this.reader = heap.reader;
        this.idBytes = heap.reader.idBytes();
    }

    /** Visits what an object leads to, its class first; returns the class of an instance, else null. */
    @Nullable
    DumpClass each(int object, Visitor visitor) {
        long at = heap.position(object) + 1;
        switch (file.u1(at - 1)) {
            case Tag.INSTANCE -> {
                DumpClass type = heap.classById(reader.id(at + idBytes + 4));
                if (type != null) {
                    visitor.to(type.number);
                    long fields = at + 2L * idBytes + 8;
                    for (int offset : type.references) {
                        visitor.to(heap.find(reader.id(fields + offset)));
                    }
                }
                return type;
            }
            case Tag.OBJECT_ARRAY -> {
                visitor.to(heap.find(reader.id(at + idBytes + 8)));
                long count = file.u4(at + idBytes + 4);
                long element = at + 2L * idBytes + 8;
                for (long i = 0; i < count; i++, element += idBytes) {
                    visitor.to(heap.find(reader.id(element)));
                }
            }
            case Tag.CLASS -> ofClass(object, (field, to) -> visitor.to(to));
            default -> {}
        }
        return null;
    }

    /** The same with the names of fields; slower. */
    void named(int object, NamedVisitor visitor) {
        DumpClass type = heap.classOf(object);
        switch (heap.tag(object)) {
            case Tag.INSTANCE -> {
                long at = heap.contents(object);
                for (DumpClass c = type; c != null; c = c.superclass) {
                    for (int i = 0; i < c.fieldTypes.length; i++) {
                        if (c.fieldTypes[i] == Tag.OBJECT) {
                            visitor.to("." + heap.names.get(c.fieldNames[i]), heap.find(reader.id(at)));
                        }
                        at += Tag.bytes(c.fieldTypes[i], idBytes);
                    }
                }
            }
            case Tag.OBJECT_ARRAY -> {
                long at = heap.contents(object);
                long count = file.u4(heap.position(object) + 1 + idBytes + 4);
                for (long i = 0; i < count; i++, at += idBytes) {
                    visitor.to("[" + i + "]", heap.find(reader.id(at)));
                }
            }
            case Tag.CLASS -> ofClass(object, visitor);
            default -> {}
        }
        if (type != null && type.number != object) {
            visitor.to(" class", type.number);
        }
    }

    /** Visits what an instance leads to by references that were to be left out. */
    void leftOut(int object, DumpClass type, Visitor visitor) {
        long fields = heap.contents(object);
        for (int offset : type.leftOut) {
            visitor.to(heap.find(reader.id(fields + offset)));
        }
    }

    private void ofClass(int object, NamedVisitor visitor) {
        long at = heap.position(object) + 1;
        DumpClass type = heap.classById(reader.id(at));
        if (type == null) {
            return;
        }
        String[] words = {" superclass", " class loader", " signers", " protection domain"};
        for (int i = 0; i < words.length; i++) {
            visitor.to(words[i], heap.find(reader.id(at + (1L + i) * idBytes + 4)));
        }
        String listing = LISTINGS.get(type.name);
        heap.statics(type, (name, valueType, value) -> {
            if (valueType == Tag.OBJECT && !heap.names.get(name).equals(listing)) {
                visitor.to("." + heap.names.get(name), heap.find(reader.id(value)));
            }
        });
    }

    /** The sets of threads and their containers that the JDK keeps to be able to list them. */
    int[] listings() {
        Ints found = new Ints();
        LISTINGS.forEach((owner, field) -> {
            DumpClass type = heap.classByName(owner);
            if (type != null) {
                heap.statics(type, (name, valueType, at) -> {
                    if (valueType == Tag.OBJECT && heap.names.get(name).equals(field)) {
                        found.add(heap.find(reader.id(at)));
                    }
                });
            }
        });
        return found.toArray();
    }

    /** The queue of a reference that the collector has not cleared yet, or -1. */
    int queueOfReferent(int object, DumpClass type) {
        long fields = heap.contents(object);
        boolean active = type.referent >= 0 && type.queue >= 0 && reader.id(fields + type.referent) != 0;
        return active ? heap.find(reader.id(fields + type.queue)) : -1;
    }

    /** The referent of a weak or phantom reference, or -1. */
    int weakReferent(int object, DumpClass type) {
        return type.weakReferent < 0 ? -1 : heap.find(reader.id(heap.contents(object) + type.weakReferent));
    }

    /**
     * Visits what whoever holds a suspended thread can get from it: what user classes declare, and what it can be asked
     * for.
     */
    void ofSuspended(int thread, Visitor visitor) {
        DumpClass type = heap.classOf(thread);
        if (type == null) {
            return;
        }
        visitor.to(type.number);
        long at = heap.contents(thread);
        for (DumpClass c = type; c != null; c = c.superclass) {
            boolean own = c.name.equals("java.lang.Thread")
                    || c.name.equals("java.lang.VirtualThread")
                    || c.name.equals("java.lang.BaseVirtualThread");
            for (int i = 0; i < c.fieldTypes.length; i++) {
                if (c.fieldTypes[i] == Tag.OBJECT && (!own || ASKED.contains(heap.names.get(c.fieldNames[i])))) {
                    visitor.to(heap.find(reader.id(at)));
                }
                at += Tag.bytes(c.fieldTypes[i], idBytes);
            }
        }
    }
}
