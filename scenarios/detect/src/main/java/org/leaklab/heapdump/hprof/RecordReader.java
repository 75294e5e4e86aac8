package org.leaklab.heapdump.hprof;

import java.time.Instant;

/**
 * Walks through the records of a dump from its beginning to its end, and checks every length against what is left of
 * the record around it, so that nobody after it has to.
 */
public final class RecordReader {

    /** What a walk tells. Positions are those of a record's first byte after its tag. */
    public interface Visitor {

        /** A record outside of the heap: a string, a class's name, a frame or a stack. */
        default void record(int tag, long at, long length) throws MalformedDumpException {}

        /** A root, whose first value is the object's identifier. */
        default void root(int tag, long at) {}

        /** An object or class; its identifier stands first. */
        void object(int tag, long at) throws MalformedDumpException;
    }

    private static final String MAGIC = "JAVA PROFILE 1.0.";
    private static final int LONGEST_MAGIC = 32;
    private static final int RECORD_HEAD = 9;

    private final DumpFile file;
    private final ProgressListener progress;
    private final int idBytes;
    private final Instant takenAt;
    private final long first;
    private long objects;

    /**
     * Reads the head.
     *
     * @throws MalformedDumpException if the file is no HPROF, or one of a version that nobody knows
     */
    public RecordReader(DumpFile file, ProgressListener progress) throws MalformedDumpException {
        this.file = file;
        this.progress = progress;
        String magic = file.zeroTerminated(0, LONGEST_MAGIC);
        if (magic == null || !magic.startsWith(MAGIC)) {
            throw new MalformedDumpException(file.name() + " is no heap dump: it does not begin with \"" + MAGIC
                    + "2\"; take one with jcmd PID GC.heap_dump FILE");
        }
        if (!magic.equals(MAGIC + "1") && !magic.equals(MAGIC + "2")) {
            throw new MalformedDumpException(
                    file.name() + " is a \"" + magic + "\", and only 1.0.1 and 1.0.2 are known");
        }
        long at = magic.length() + 1L;
        if (file.size() < at + 12) {
            throw truncated(file.size(), "in its head");
        }
        idBytes = file.i4(at);
        if (idBytes != 4 && idBytes != 8) {
            throw new MalformedDumpException(
                    file.name() + " is damaged: its identifiers have " + idBytes + " bytes, not 4 or 8");
        }
        takenAt = Instant.ofEpochMilli(file.i8(at + 4) & Long.MAX_VALUE);
        first = at + 12;
    }

    public Instant takenAt() {
        return takenAt;
    }

    public int idBytes() {
        return idBytes;
    }

    public long id(long at) {
        return idBytes == 8 ? file.i8(at) : file.u4(at);
    }

    /** Walks through the whole file. */
    public void walk(String doing, Visitor visitor) throws MalformedDumpException {
        objects = 0;
        boolean segments = false;
        boolean ended = false;
        boolean heap = false;
        long at = first;
        while (at < file.size()) {
            if (file.size() - at < RECORD_HEAD) {
                throw truncated(at, "in the head of a record");
            }
            int tag = file.u1(at);
            long length = file.u4(at + 5);
            long body = at + RECORD_HEAD;
            if (length > file.size() - body) {
                throw truncated(at, "in a record of " + length + " bytes with tag 0x" + Integer.toHexString(tag));
            }
            if (tag == Tag.HEAP_DUMP || tag == Tag.HEAP_DUMP_SEGMENT) {
                segments |= tag == Tag.HEAP_DUMP_SEGMENT;
                heap = true;
                walkHeap(doing, visitor, body, body + length);
            } else if (tag == Tag.HEAP_DUMP_END) {
                ended = true;
            } else {
                visitor.record(tag, body, length);
            }
            at = body + length;
        }
        progress.at(doing, at, file.size());
        if (!heap) {
            throw new MalformedDumpException(
                    file.name() + " holds no heap: it ends after its head or its list of classes");
        }
        if (segments && !ended) {
            throw truncated(at, "after a segment, and the mark of its end is missing");
        }
    }

    private void walkHeap(String doing, Visitor visitor, long from, long end) throws MalformedDumpException {
        long at = from;
        long told = at;
        while (at < end) {
            int tag = file.u1(at);
            long body = at + 1;
            long length;
            switch (tag) {
                case Tag.INSTANCE -> {
                    need(body, 2L * idBytes + 8, end);
                    length = 2L * idBytes + 8 + file.u4(body + 2L * idBytes + 4);
                }
                case Tag.OBJECT_ARRAY -> {
                    need(body, 2L * idBytes + 8, end);
                    length = 2L * idBytes + 8 + idBytes * file.u4(body + idBytes + 4);
                }
                case Tag.PRIMITIVE_ARRAY -> {
                    need(body, idBytes + 9, end);
                    length = idBytes + 9 + valueBytes(body + idBytes + 8) * file.u4(body + idBytes + 4);
                }
                case Tag.CLASS -> length = classLength(body, end);
                default -> length = rootLength(tag, at);
            }
            need(body, length, end);
            if (tag >= Tag.CLASS && tag <= Tag.PRIMITIVE_ARRAY) {
                objects++;
                visitor.object(tag, body);
            } else {
                visitor.root(tag, body);
            }
            at = body + length;
            if (at - told > 1 << 22) {
                told = at;
                progress.at(doing, at, file.size());
            }
        }
    }

    private void need(long at, long bytes, long end) throws MalformedDumpException {
        if (bytes > end - at) {
            throw damaged(at - 1, "a record of " + bytes + " bytes where only " + (end - at) + " are left");
        }
    }

    private int valueBytes(long at) throws MalformedDumpException {
        int bytes = Tag.bytes(file.u1(at), idBytes);
        if (bytes == 0) {
            throw damaged(at, "a value of type " + file.u1(at) + ", which does not exist");
        }
        return bytes;
    }

    private long rootLength(int tag, long at) throws MalformedDumpException {
        return switch (tag) {
            case Tag.ROOT_UNKNOWN, Tag.ROOT_STICKY_CLASS, Tag.ROOT_MONITOR_USED -> idBytes;
            case Tag.ROOT_JNI_GLOBAL -> 2L * idBytes;
            case Tag.ROOT_NATIVE_STACK, Tag.ROOT_THREAD_BLOCK -> idBytes + 4;
            case Tag.ROOT_JNI_LOCAL, Tag.ROOT_JAVA_FRAME, Tag.ROOT_THREAD_OBJECT -> idBytes + 8;
            default -> throw damaged(at, "a record with tag 0x" + Integer.toHexString(tag) + ", which does not exist");
        };
    }

    /** The parts of a class's record that have a length of their own. */
    private long classLength(long body, long end) throws MalformedDumpException {
        long at = body + 7L * idBytes + 8;
        need(body, at + 2 - body, end);
        int constants = file.u2(at);
        at += 2;
        for (int i = 0; i < constants; i++) {
            need(body, at + 3 - body, end);
            at += 3 + valueBytes(at + 2);
        }
        need(body, at + 2 - body, end);
        int statics = file.u2(at);
        at += 2;
        for (int i = 0; i < statics; i++) {
            need(body, at + idBytes + 1 - body, end);
            at += idBytes + 1 + valueBytes(at + idBytes);
        }
        need(body, at + 2 - body, end);
        int fields = file.u2(at);
        at += 2;
        need(body, at + fields * (idBytes + 1L) - body, end);
        for (int i = 0; i < fields; i++) {
            valueBytes(at + idBytes);
            at += idBytes + 1;
        }
        return at - body;
    }

    private MalformedDumpException truncated(long at, String where) {
        return new MalformedDumpException(file.name() + " is truncated: of its " + file.size() + " bytes those up to "
                + at + " were read, with " + objects + " objects, and then it ends " + where
                + "; nothing can be said of a part of a heap, so take the dump again");
    }

    private MalformedDumpException damaged(long at, String what) {
        return MalformedDumpException.damaged(
                file, "at byte " + at + ", after " + objects + " objects, stands " + what);
    }
}
