package org.leaklab.heapdump.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.DumpFile;
import org.leaklab.heapdump.hprof.RecordReader;
import org.leaklab.heapdump.hprof.Tag;
import org.leaklab.heapdump.primitive.Ints;

/** The references of an object, read from the file: those through which what they lead to is alive. */
public final class Edges {

    /** Sees where a reference leads: a number, or -1. */
    @FunctionalInterface
    public interface Visitor {
        void to(int object);
    }

    /** Sees the same with the name of the field. */
    @FunctionalInterface
    public interface NamedVisitor {
        void to(String field, int object);
    }

    /** Static fields through which the JDK lists threads for thread dumps, and nobody else gets at them. */
    private static final Map<String, String> LISTINGS = Map.of(
            "jdk.internal.vm.ThreadContainers$RootContainer$TrackingRootContainer",
            "VTHREADS",
            "jdk.internal.vm.ThreadContainers",
            "CONTAINER_REGISTRY");

    private static final Set<String> JDK_THREADS =
            Set.of("java.lang.Thread", "java.lang.VirtualThread", "java.lang.BaseVirtualThread");

    /** What whoever holds a thread can ask it for. */
    private static final List<String> ASKED = List.of("contextClassLoader", "uncaughtExceptionHandler");

    /** What sets of threads are made of. */
    private static final String SET = "java.util.concurrent.ConcurrentHashMap";

    /** The queue of references that are in a queue already, or were in one. */
    private static final String NO_QUEUE = "java.lang.ref.ReferenceQueue$";

    private final Heap heap;
    private final Fields fields;
    private final DumpFile file;
    private final RecordReader reader;
    private final int idBytes;

    /** By class of threads, where in an instance the references stand that a suspended thread leads to. */
    private final Map<DumpClass, int[]> shared = new HashMap<>();

    /** Of the objects of a dump. */
    public Edges(Heap heap) {
        this.heap = heap;
        this.fields = new Fields(heap);
        this.file = heap.file();
        this.reader = heap.reader();
        this.idBytes = reader.idBytes();
    }

    /** Visits what an object leads to, its class first; returns the class of an instance, else null. */
    public @Nullable DumpClass each(int object, Visitor visitor) {
        long at = heap.position(object) + 1;
        switch (file.u1(at - 1)) {
            case Tag.INSTANCE -> {
                DumpClass type = heap.classById(reader.id(at + idBytes + 4));
                if (type != null) {
                    visitor.to(type.number);
                    long contents = at + 2L * idBytes + 8;
                    for (int offset : type.references) {
                        visitor.to(heap.find(reader.id(contents + offset)));
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
    public void named(int object, NamedVisitor visitor) {
        DumpClass type = heap.classOf(object);
        switch (heap.tag(object)) {
            case Tag.INSTANCE -> {
                if (type != null) {
                    long at = heap.contents(object);
                    type.eachField((declaring, name, valueType, offset) -> {
                        if (valueType == Tag.OBJECT) {
                            visitor.to("." + heap.names().get(name), heap.find(reader.id(at + offset)));
                        }
                    });
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

    /** Visits what an instance leads to by references that are left out of the graph. */
    public void leftOut(int object, DumpClass type, Visitor visitor) {
        at(object, type.leftOut, visitor);
        at(object, type.handles, visitor);
    }

    /** Visits the threads that an instance has only to interrupt them. */
    public void handles(int object, DumpClass type, Visitor visitor) {
        at(object, type.handles, held -> {
            Deque<Integer> sets = new ArrayDeque<>();
            Set<Integer> seen = new HashSet<>();
            for (int next = held; ; next = sets.remove()) {
                DumpClass of = next < 0 ? null : heap.classOf(next);
                if (of != null && of.name().startsWith(SET) && seen.add(next)) {
                    each(next, to -> {
                        if (to >= 0 && !heap.isClass(to)) {
                            sets.add(to);
                        }
                    });
                } else if (of != null) {
                    visitor.to(next);
                }
                if (sets.isEmpty()) {
                    return;
                }
            }
        });
    }

    private void at(int object, int[] offsets, Visitor visitor) {
        long contents = heap.contents(object);
        for (int offset : offsets) {
            visitor.to(heap.find(reader.id(contents + offset)));
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
        type.arrays.forEach(array -> visitor.to(" class of its arrays", array.number));
        String listing = LISTINGS.get(type.name());
        fields.statics(type, (name, valueType, value) -> {
            if (valueType == Tag.OBJECT) {
                String field = heap.names().get(name);
                if (!field.equals(listing)) {
                    visitor.to("." + field, heap.find(reader.id(value)));
                }
            }
        });
    }

    /** The sets of threads and their containers that the JDK keeps to be able to list them. */
    public int[] listings() {
        Ints found = new Ints();
        LISTINGS.forEach((owner, field) -> {
            DumpClass type = heap.classByName(owner);
            if (type != null) {
                found.add(fields.staticReference(type, field));
            }
        });
        return found.toArray();
    }

    /** What the finalizer of which is about to run: the collector has found it unreachable; or -1. */
    public int finalized(int object, DumpClass type) {
        long contents = heap.contents(object);
        boolean active = type.next >= 0
                && reader.id(contents + type.next) == 0
                && !heap.typeName(heap.find(reader.id(contents + type.queue))).startsWith(NO_QUEUE);
        return active || !type.isFinalizer() ? -1 : weakReferent(object, type);
    }

    /** The queue of a reference that the collector has not cleared yet, or -1. */
    public int queueOfReferent(int object, DumpClass type) {
        long contents = heap.contents(object);
        boolean active = type.referent >= 0 && type.queue >= 0 && reader.id(contents + type.referent) != 0;
        return active ? heap.find(reader.id(contents + type.queue)) : -1;
    }

    /** The referent of a weak or phantom reference, or of a finalizer; or -1. */
    public int weakReferent(int object, DumpClass type) {
        return type.weakReferent < 0 ? -1 : heap.find(reader.id(heap.contents(object) + type.weakReferent));
    }

    /**
     * Visits what whoever holds a suspended thread can get from it: what user classes declare, and what it can be asked
     * for.
     */
    public void ofSuspended(int thread, Visitor visitor) {
        DumpClass type = heap.classOf(thread);
        if (type == null) {
            return;
        }
        visitor.to(type.number);
        long contents = heap.contents(thread);
        for (int offset : shared.computeIfAbsent(type, this::shared)) {
            visitor.to(heap.find(reader.id(contents + offset)));
        }
    }

    private int[] shared(DumpClass type) {
        Ints offsets = new Ints();
        type.eachField((declaring, name, valueType, offset) -> {
            boolean own = JDK_THREADS.contains(declaring.name());
            if (valueType == Tag.OBJECT && (!own || ASKED.contains(heap.names().get(name)))) {
                offsets.add(offset);
            }
        });
        return offsets.toArray();
    }
}
