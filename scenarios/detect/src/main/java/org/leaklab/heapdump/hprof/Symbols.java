package org.leaklab.heapdump.hprof;

import org.leaklab.heapdump.primitive.LongMap;

/**
 * What the records outside of the heap define: the names of everything, the names of the classes, the frames and the
 * stacks. Remembers where each stands in the file; the text is decoded when somebody asks.
 */
public final class Symbols {

    private final DumpFile file;
    private final RecordReader reader;
    private final int idBytes;
    private final Names names;
    private final Stacks stacks;

    /** Identifier of a class, to the identifier of its name. */
    private final LongMap nameOfClass = new LongMap();

    // stacks know a class by its serial number
    private final LongMap nameOfSerial = new LongMap();
    private final LongMap classOfSerial = new LongMap();

    /** None yet. */
    public Symbols(DumpFile file, RecordReader reader) {
        this.file = file;
        this.reader = reader;
        idBytes = reader.idBytes();
        names = new Names(file, idBytes);
        stacks = new Stacks(file, idBytes, names, nameOfSerial, classOfSerial);
    }

    /**
     * Takes what a record outside of the heap defines, if that is of use.
     *
     * @throws MalformedDumpException if the record is too short for what it should hold
     */
    public void add(int tag, long at, long length) throws MalformedDumpException {
        long least = leastLength(tag);
        if (length < least) {
            throw MalformedDumpException.damaged(
                    file,
                    "at byte " + at + " a record with tag 0x" + (tag < 0x10 ? "0" : "") + Integer.toHexString(tag)
                            + " has " + length + " bytes, and needs " + least);
        }
        switch (tag) {
            case Tag.UTF8 -> names.add(reader.id(at), at, length);
            case Tag.LOAD_CLASS -> addClass(file.u4(at), reader.id(at + 4), reader.id(at + 8 + idBytes));
            case Tag.FRAME -> stacks.addFrame(reader.id(at), at);
            case Tag.TRACE -> stacks.addTrace(file.u4(at), at, length);
            default -> {}
        }
    }

    private long leastLength(int tag) {
        return switch (tag) {
            case Tag.UTF8 -> idBytes;
            case Tag.LOAD_CLASS -> 8 + 2L * idBytes;
            case Tag.FRAME -> 8 + 4L * idBytes;
            case Tag.TRACE -> 12;
            default -> 0;
        };
    }

    private void addClass(long serial, long id, long name) {
        nameOfSerial.put(serial, name);
        classOfSerial.put(serial, id);
        nameOfClass.put(id, name);
    }

    /** The name of a class as source code has it, or {@code ?} for one that is not in the dump. */
    public String className(long classId) {
        long name = nameOfClass.get(classId);
        return name < 0 ? "?" : names.className(name);
    }

    /** Names by identifier. */
    public Names names() {
        return names;
    }

    /** The stacks of threads. */
    public Stacks stacks() {
        return stacks;
    }
}
