package org.leaklab.heapdump.graph;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.leaklab.heapdump.hprof.Names;
import org.leaklab.heapdump.hprof.Tag;
import org.leaklab.heapdump.primitive.Ints;

/** Says where in the instances of a class which references stand, and which of them count. */
final class Layout {

    /** Private fields of the JDK that hold a thread, or a set of threads, only to interrupt and to list them. */
    private static final Map<String, String> HANDLES = Map.of(
            "java.util.concurrent.ThreadPoolExecutor$Worker", "thread",
            "java.util.concurrent.FutureTask", "runner",
            "java.util.concurrent.locks.ReentrantReadWriteLock$Sync", "firstReader",
            "java.util.concurrent.ThreadPerTaskExecutor", "threads",
            "jdk.internal.misc.ThreadFlock", "threads",
            "jdk.internal.vm.SharedThreadContainer", "virtualThreads");

    /**
     * The one field of this class names the owner of a lock; the JDK's own subclasses show it, and do nothing to it. So
     * it is a handle, unless the program has locks of its own that extend the JDK's: {@code getOwner} is for those.
     */
    private static final String OWNABLE = "java.util.concurrent.locks.AbstractOwnableSynchronizer";

    private final Names names;
    private final int idBytes;
    private final Set<String> leftOut;
    private final ToIntFunction<DumpClass> kind;
    private final boolean tellsOwners;

    /**
     * For all classes of a dump.
     *
     * @param all these classes
     * @param leftOut fields that do not count, each as its class's name, a dot, and its own name
     * @param kind a number of the caller's for each class; {@link Heap#listed} has the instances of all but 0
     */
    Layout(Collection<DumpClass> all, Names names, int idBytes, Set<String> leftOut, ToIntFunction<DumpClass> kind) {
        this.tellsOwners = all.stream().anyMatch(Layout::mayTellItsOwner);
        this.names = names;
        this.idBytes = idBytes;
        this.leftOut = leftOut;
        this.kind = kind;
    }

    /** Whether it is a lock of the program's own, whose owner its code may ask for, and then unpark. */
    private static boolean mayTellItsOwner(DumpClass type) {
        return type.loaderId() != 0
                && (type.is("java.util.concurrent.locks.ReentrantLock")
                        || type.is("java.util.concurrent.locks.ReentrantReadWriteLock"));
    }

    /** Lays out a class that knows its superclass. */
    void layOut(DumpClass type) {
        type.isFinalizer = type.is("java.lang.ref.FinalReference");
        boolean weak = type.is("java.lang.ref.WeakReference")
                || type.is("java.lang.ref.PhantomReference")
                || type.isFinalizer();
        Ints handles = new Ints();
        Ints references = new Ints();
        Ints without = new Ints();
        int[] bytes = {0};
        type.eachField((declaring, name, valueType, offset) -> {
            bytes[0] = offset + Tag.bytes(valueType, idBytes);
            if (valueType != Tag.OBJECT) {
                return;
            }
            String field = declaring.name().equals("java.lang.ref.Reference") ? names.get(name) : "";
            if (field.equals("referent")) {
                type.referent = offset;
            } else if (field.equals("queue")) {
                type.queue = offset;
            } else if (field.equals("next")) {
                type.next = offset;
            }
            boolean isOwner =
                    !tellsOwners && type.loaderId() == 0 && declaring.name().equals(OWNABLE);
            if (isOwner || names.get(name).equals(HANDLES.get(declaring.name()))) {
                handles.add(offset);
            } else if (weak && field.equals("referent")) {
                type.weakReferent = offset;
            } else {
                (isLeftOut(declaring, name) ? without : references).add(offset);
            }
        });
        type.bytes = bytes[0];
        type.references = references.toArray();
        type.leftOut = without.toArray();
        type.handles = handles.toArray();
        type.kind = kind.applyAsInt(type);
    }

    private boolean isLeftOut(DumpClass declaring, long field) {
        return !leftOut.isEmpty() && leftOut.contains(declaring.name() + "." + names.get(field));
    }
}
