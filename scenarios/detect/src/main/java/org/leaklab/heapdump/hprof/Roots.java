package org.leaklab.heapdump.hprof;

import org.leaklab.heapdump.primitive.Longs;

/** The roots of a dump: those of the JVM, and by thread those on stacks. */
public final class Roots {

    private static final int NO_FRAME = -1;

    /** Identifiers and tags of the roots that belong to no thread. */
    private final Longs ids = new Longs();

    private final Longs tags = new Longs();

    /** Identifiers of objects on stacks, and with each the serial of the thread (high) and the frame (low). */
    private final Longs held = new Longs();

    private final Longs places = new Longs();

    /** Identifiers, serials and stacks of threads. */
    private final Longs threads = new Longs();

    private final Longs serials = new Longs();
    private final Longs traces = new Longs();

    /** Takes a root; a monitor in use is none, because nobody gets at an object through its monitor. */
    public void add(int tag, long at, RecordReader reader, DumpFile file) {
        long id = reader.id(at);
        long next = at + reader.idBytes();
        switch (tag) {
            case Tag.ROOT_THREAD_OBJECT -> {
                threads.add(id);
                serials.add(file.u4(next));
                traces.add(file.u4(next + 4));
            }
            case Tag.ROOT_JAVA_FRAME -> hold(id, file.u4(next), file.i4(next + 4));
            case Tag.ROOT_JNI_LOCAL, Tag.ROOT_NATIVE_STACK, Tag.ROOT_THREAD_BLOCK -> hold(id, file.u4(next), NO_FRAME);
            case Tag.ROOT_MONITOR_USED -> {}
            default -> {
                ids.add(id);
                tags.add(tag);
            }
        }
    }

    private void hold(long id, long serial, int frame) {
        held.add(id);
        places.add(serial << 32 | (frame & 0xffff_ffffL));
    }

    public int count() {
        return ids.size();
    }

    public long id(int root) {
        return ids.get(root);
    }

    /** What kind of root it is, in words. */
    public String word(int root) {
        return switch ((int) tags.get(root)) {
            case Tag.ROOT_JNI_GLOBAL -> "JNI global reference";
            case Tag.ROOT_STICKY_CLASS -> "class of the JDK";
            default -> "root of the JVM";
        };
    }

    public int threads() {
        return threads.size();
    }

    public long threadId(int thread) {
        return threads.get(thread);
    }

    public long serial(int thread) {
        return serials.get(thread);
    }

    public long trace(int thread) {
        return traces.get(thread);
    }

    public int held() {
        return held.size();
    }

    public long heldId(int reference) {
        return held.get(reference);
    }

    public long heldBy(int reference) {
        return places.get(reference) >>> 32;
    }

    /** The frame, 0 the innermost, or -1 for a reference of native code. */
    public int heldIn(int reference) {
        return (int) places.get(reference);
    }
}
