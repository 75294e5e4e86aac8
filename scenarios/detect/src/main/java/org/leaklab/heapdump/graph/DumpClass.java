package org.leaklab.heapdump.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.Names;
import org.leaklab.heapdump.hprof.Tag;

/**
 * A class of a dump. Fields of an instance stand in its record class by class, the object's own class first and
 * {@code Object} last, so the place of an inherited field depends on the class of the object.
 */
public final class DumpClass {

    private static final Set<String> HELD_BY_CLASSES = Set.of(
            "java.lang.ClassValue$ClassValueMap",
            "java.lang.Class$AnnotationData",
            "java.lang.Class$ReflectionData",
            "sun.reflect.annotation.AnnotationType");

    /** Sees a field of instances: the identifier of its name, its type, and its place behind the first field. */
    @FunctionalInterface
    interface FieldVisitor {
        void field(DumpClass declaring, long name, int type, int offset);
    }

    // as the class's record has it
    final long id;
    final long superId;
    final long staticsAt;
    final long[] fieldNames;
    private final String name;
    private final long loaderId;
    private final byte[] fieldTypes;
    private final int idBytes;

    // set when all classes are known, by Classes

    @Nullable
    DumpClass superclass;

    /** The class's own number as an object. */
    int number = -1;

    // set by Layout

    /** Bytes of all fields in the record of an instance. */
    int bytes;

    /** Where references stand in an instance, those that count. */
    int[] references = {};

    /** Where those references stand that the caller wants to be left out. */
    int[] leftOut = {};

    /** Where the referent of a weak or phantom reference stands, or -1. */
    int weakReferent = -1;

    /** Where the referent of a reference of any strength stands, or -1. */
    int referent = -1;

    /** Where the queue of a reference of any strength stands, or -1. */
    int queue = -1;

    /** Where a reference of any strength has the next one of its queue, or -1. */
    int next = -1;

    /** Where handles of threads stand that only ever interrupt the thread. */
    int[] handles = {};

    /** The classes of arrays of this class. */
    final List<DumpClass> arrays = new ArrayList<>(0);

    boolean isFinalizer;

    /**
     * A number that the loader of the dump gives to each kind of class that it looks for; {@link Heap#listed} has the
     * instances of all but 0.
     */
    int kind;

    // learned later

    /** Whether another class extends it, or an object is of this very class. */
    boolean isExtendedOrMade;

    /** Bytes of an instance in the heap of the process, or 0 until {@link Sizes} has asked. */
    int heapBytes;

    private final Map<String, Integer> offsets = new HashMap<>();

    DumpClass(
            long id,
            String name,
            long superId,
            long loaderId,
            long staticsAt,
            long[] fieldNames,
            byte[] fieldTypes,
            int idBytes) {
        this.id = id;
        this.name = name;
        this.superId = superId;
        this.loaderId = loaderId;
        this.staticsAt = staticsAt;
        this.fieldNames = fieldNames;
        this.fieldTypes = fieldTypes;
        this.idBytes = idBytes;
    }

    /** As source code has it. */
    public String name() {
        return name;
    }

    /** The class's own number as an object, or -1. */
    public int number() {
        return number;
    }

    /** The number that it was given when the dump was loaded. */
    public int kind() {
        return kind;
    }

    /** Null for {@code Object}, and for a class whose superclass is not in the dump. */
    public @Nullable DumpClass superclass() {
        return superclass;
    }

    /** Identifier of the object that loaded it, or 0. */
    public long loaderId() {
        return loaderId;
    }

    /** Whether it has this name, or one of its superclasses has. */
    public boolean is(String type) {
        for (DumpClass c = this; c != null; c = c.superclass) {
            if (c.name.equals(type)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is an array. */
    public boolean isArray() {
        return name.endsWith("[]");
    }

    /**
     * Whether it can only be a class. A dump does not tell interfaces, which have {@code Object} above them there, from
     * classes that nobody uses.
     */
    public boolean isNoInterface() {
        return isExtendedOrMade || fieldNames.length > 0 || (superclass != null && superclass.superclass != null);
    }

    /** Whether instances are references for the collector, of any strength. */
    public boolean isReference() {
        return queue >= 0;
    }

    /** Whether some of its fields are left out of the graph. */
    public boolean leavesOut() {
        return leftOut.length > 0 || handles.length > 0;
    }

    /** Whether it has handles of threads that only ever interrupt them. */
    public boolean hasHandles() {
        return handles.length > 0;
    }

    /**
     * Whether references of this class give their referent to who asks: phantoms, finalizers and entries of thread
     * locals do not.
     */
    public boolean canBeAsked() {
        return !is("java.lang.ref.PhantomReference")
                && !isFinalizer()
                && !name.equals("java.lang.ThreadLocal$ThreadLocalMap$Entry");
    }

    /** Whether instances lead to an object that has a finalizer. */
    public boolean isFinalizer() {
        return isFinalizer;
    }

    /** Whether the JVM gave it its name: a class that no loader finds, such as that of a lambda. */
    public boolean isHidden() {
        return !isArray() && (name.contains("+0x") || name.contains("/0x"));
    }

    /**
     * Whether fields of class objects hold its instances, which no dump shows: values of classes, method handles,
     * annotations, and what reflection keeps.
     */
    public boolean isHeldByClasses() {
        return HELD_BY_CLASSES.contains(name)
                || name.startsWith("java.lang.invoke.")
                || name.startsWith("sun.reflect.generics.");
    }

    /** Whether nothing can be alive through an instance: it has no reference, and its class is never unloaded. */
    boolean isLeaf() {
        return references.length == 0 && !leavesOut() && weakReferent < 0 && loaderId == 0 && kind == 0;
    }

    /** Visits the fields of an instance in the order of its record. */
    void eachField(FieldVisitor visitor) {
        int offset = 0;
        for (DumpClass c = this; c != null; c = c.superclass) {
            for (int i = 0; i < c.fieldTypes.length; i++) {
                visitor.field(c, c.fieldNames[i], c.fieldTypes[i], offset);
                offset += Tag.bytes(c.fieldTypes[i], idBytes);
            }
        }
    }

    /** Where a field stands in an instance, or -1; where several classes declare it, the innermost counts. */
    int offsetOf(String field, Names names) {
        Integer known = offsets.get(field);
        if (known == null) {
            int[] found = {-1};
            eachField((declaring, nameId, type, offset) -> {
                if (found[0] < 0 && names.get(nameId).equals(field)) {
                    found[0] = offset;
                }
            });
            known = found[0];
            offsets.put(field, known);
        }
        return known;
    }

    @Override
    public String toString() {
        return name;
    }
}
