package org.leaklab.heapdump;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class of a dump. Fields of an instance stand in its record class by class, the object's own class first and
 * {@code Object} last, so the place of an inherited field depends on the class of the object.
 */
final class DumpClass {

    final long id;
    final String name;
    final long at;
    final long superId;
    final long loaderId;
    final long staticsAt;
    final long[] fieldNames;
    final byte[] fieldTypes;
    final int ownBytes;

    @Nullable
    DumpClass superclass;

    /** The class's own number as an object. */
    int number = -1;

    /** Bytes of all fields. */
    int bytes;

    /** Where references stand in an instance, those that count. */
    int[] references = {};

    /** Where those references stand that whoever asked wants to be left out. */
    int[] leftOut = {};

    /** Where the referent of a weak or phantom reference stands, or -1. */
    int weakReferent = -1;

    /** Where the referent of a reference of any strength stands, or -1. */
    int referent = -1;

    /** Where the queue of a reference of any strength stands, or -1. */
    int queue = -1;

    /** Bytes of an instance in the heap of the process. */
    int heapBytes;

    Role role = Role.NONE;

    /** Whether another class extends it, or an object is of this very class. */
    boolean isExtendedOrMade;

    private final Map<String, Integer> offsets = new HashMap<>();

    DumpClass(
            long id,
            String name,
            long at,
            long superId,
            long loaderId,
            long staticsAt,
            long[] fieldNames,
            byte[] fieldTypes,
            int ownBytes) {
        this.id = id;
        this.name = name;
        this.at = at;
        this.superId = superId;
        this.loaderId = loaderId;
        this.staticsAt = staticsAt;
        this.fieldNames = fieldNames;
        this.fieldTypes = fieldTypes;
        this.ownBytes = ownBytes;
    }

    /** Where a field stands in an instance, in whatever class declares it, or -1; remembered. */
    int offsetOf(String field, Heap heap) {
        return offsets.computeIfAbsent(field, name -> heap.offset(this, name));
    }

    /** Whether it has this name, or one of its superclasses has. */
    boolean is(String type) {
        for (DumpClass c = this; c != null; c = c.superclass) {
            if (c.name.equals(type)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an instance can hold anything alive: it has no reference, and its class is never unloaded. */
    boolean isLeaf() {
        return references.length == 0 && leftOut.length == 0 && weakReferent < 0 && loaderId == 0 && role == Role.NONE;
    }

    /**
     * Whether it can only be a class. A dump does not tell interfaces, which have {@code Object} above them there, from
     * classes that nobody uses.
     */
    boolean isNoInterface() {
        return isExtendedOrMade || fieldNames.length > 0 || (superclass != null && superclass.superclass != null);
    }

    /** Whether it is an array. */
    boolean isArray() {
        return name.endsWith("[]");
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * Whether references of this class give their referent to who asks: phantoms, and entries of thread locals, do not.
     */
    boolean canBeAsked() {
        return !is("java.lang.ref.PhantomReference") && !name.equals("java.lang.ThreadLocal$ThreadLocalMap$Entry");
    }

    /** Whether fields of class objects hold its instances, which no dump shows. */
    boolean isHeldByClasses() {
        return name.equals("java.lang.ClassValue$ClassValueMap") || name.startsWith("java.lang.invoke.");
    }
}
