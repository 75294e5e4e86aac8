package org.leaklab.heapdump.code;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Reads class files from a jar, and from jars that stand in it unpacked, as Spring Boot has them. {@code JarFile} reads
 * no jar inside of another one. Signatures are not checked.
 */
final class Jar implements Closeable {

    private static final String VERSIONS = "META-INF/versions/";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final int FIRST_RELEASE = 9;

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LARGE_END = 0x06064b50;
    private static final int LARGE_END_LENGTH = 56;
    private static final int LARGE_POINTER = 0x07064b50;
    private static final int LARGE_POINTER_LENGTH = 20;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;

    /** Entries have the time of a clock on the wall, anywhere on earth. */
    private static final Duration ANY_CLOCK = Duration.ofHours(14);

    /** More than 100,000 entries. */
    private static final int LARGEST_DIRECTORY = 16 << 20;

    /** Where an entry begins, how it is packed, and when it was written by the clock of whoever wrote it. */
    private record Entry(long at, int flags, int method, LocalDateTime time, long packed, long length) {}

    private final FileChannel file;
    private final long from;
    private final long to;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Set<Integer> releases = new TreeSet<>(Comparator.reverseOrder());
    private final LocalDateTime latest;
    private int directoryBytes;

    private Jar(FileChannel file, LocalDateTime latest, long from, long to) throws IOException {
        this.file = file;
        this.latest = latest;
        this.from = from;
        this.to = to;
        try {
            readDirectory();
            if (!isMultiRelease()) {
                releases.clear();
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new IOException("a damaged jar", e);
        }
    }

    /**
     * Opens a jar and reads its directory.
     *
     * @param takenAt when the dump was taken; no class file that is surely younger is read
     * @throws IOException if it cannot be read, or is no jar
     */
    static Jar open(Path path, Instant takenAt) throws IOException {
        if (!Files.isRegularFile(path)) { // a pipe would never answer
            throw new IOException(path + " is no file");
        }
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            LocalDateTime latest =
                    LocalDateTime.ofInstant(takenAt, ZoneOffset.UTC).plus(ANY_CLOCK);
            return new Jar(file, latest, 0, file.size());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * A jar inside of this one, which must stay open meanwhile.
     *
     * @throws IOException if it is packed, or is no jar
     */
    @Nullable
    Jar within(String name) throws IOException {
        Entry entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        if (entry.method != STORED || entry.packed != entry.length) {
            throw new IOException(name + " is packed");
        }
        long begin = contents(entry);
        return new Jar(file, latest, begin, begin + entry.length);
    }

    /** The names of the jars inside of it. */
    Set<String> jars() {
        Set<String> jars = new TreeSet<>(entries.keySet());
        jars.removeIf(name -> !name.endsWith(".jar"));
        return jars;
    }

    /** How long its directory is: what it costs to open it. */
    int directoryBytes() {
        return directoryBytes;
    }

    /**
     * A class file.
     *
     * @param folder in which folder of the jar, with a slash behind it; empty for the jar itself
     * @param name as {@code java/util/Map.class}
     * @param feature the release of the JDK that loads it, or 0 if that is not known
     * @return null if it has no such class
     * @throws IOException if it has one that cannot be read, or has it for several releases and that is not known
     */
    byte @Nullable [] classFile(String folder, String name, int feature) throws IOException {
        if (folder.isEmpty()) {
            for (int release : releases) { // the highest first
                Entry entry = entries.get(VERSIONS + release + "/" + name);
                if (entry != null && feature == 0) {
                    throw new IOException("a jar that has the class once for each release");
                }
                if (entry != null && release <= feature) {
                    return read(entry);
                }
            }
        }
        Entry entry = entries.get(folder + name);
        return entry == null ? null : read(entry);
    }

    private boolean isMultiRelease() throws IOException {
        Entry manifest = releases.isEmpty() ? null : entries.get(MANIFEST);
        if (manifest == null) {
            return false;
        }
        return Boolean.parseBoolean(new Manifest(new ByteArrayInputStream(read(manifest)))
                .getMainAttributes()
                .getValue(Attributes.Name.MULTI_RELEASE));
    }

    private byte[] read(Entry entry) throws IOException {
        if ((entry.flags & ENCRYPTED) != 0 || entry.method != STORED && entry.method != DEFLATED) {
            throw new IOException("an entry that is packed in a way that is not known");
        }
        if (entry.time.isAfter(latest)) {
            throw new IOException("an entry that is younger than the dump");
        }
        long begin = contents(entry);
        int packed = Bytes.length(entry.packed);
        int length = Bytes.length(entry.length);
        if (begin > to - packed || entry.method == STORED && packed != length) {
            throw new IOException("a damaged jar");
        }
        byte[] bytes = Bytes.at(file, begin, packed).array();
        return entry.method == STORED ? bytes : Bytes.inflated(bytes, length, true);
    }

    private ByteBuffer bytes(long at, int length) throws IOException {
        if (at < from || at > to - length) {
            throw new IOException("a damaged jar");
        }
        return Bytes.at(file, at, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private long contents(Entry entry) throws IOException {
        ByteBuffer local = bytes(entry.at, LOCAL_LENGTH);
        if (local.getInt(0) != LOCAL) {
            throw new IOException("a damaged jar");
        }
        return entry.at + LOCAL_LENGTH + u2(local, 26) + u2(local, 28);
    }

    private void readDirectory() throws IOException {
        long end = end();
        ByteBuffer tail = bytes(end, END_LENGTH);
        long length = u4(tail, 12);
        long offset = u4(tail, 16);
        long behind = end; // where the directory ends
        boolean large = u2(tail, 10) == 0xffff || length == 0xffffffffL || offset == 0xffffffffL;
        if (large && end - from > LARGE_POINTER_LENGTH + LARGE_END_LENGTH) {
            behind = end - LARGE_POINTER_LENGTH - LARGE_END_LENGTH;
            ByteBuffer pointer = bytes(end - LARGE_POINTER_LENGTH, LARGE_POINTER_LENGTH);
            ByteBuffer more = bytes(behind, LARGE_END_LENGTH);
            if (pointer.getInt(0) != LARGE_POINTER || more.getInt(0) != LARGE_END) {
                throw new IOException("a large jar of an unknown format");
            }
            length = more.getLong(40);
            offset = more.getLong(48);
        }
        if (length < 0 || length > LARGEST_DIRECTORY) {
            throw new IOException("a jar whose directory has " + length + " bytes");
        }
        directoryBytes = (int) length;
        long at = behind - length;
        long zero = at - offset; // something may stand before the jar
        ByteBuffer directory = bytes(at, directoryBytes);
        for (int next = 0; next <= directoryBytes - ENTRY_LENGTH && directory.getInt(next) == ENTRY; ) {
            next = add(directory, next, zero);
        }
    }

    private int add(ByteBuffer directory, int at, long zero) {
        int nameLength = u2(directory, at + 28);
        byte[] bytes = new byte[nameLength];
        directory.get(at + ENTRY_LENGTH, bytes);
        String name = new String(bytes, StandardCharsets.UTF_8);
        if (name.endsWith(".class") || name.endsWith(".jar") || name.equals(MANIFEST)) {
            entries.put(
                    name,
                    new Entry(
                            zero + u4(directory, at + 42),
                            u2(directory, at + 8),
                            u2(directory, at + 10),
                            time(u2(directory, at + 14), u2(directory, at + 12)),
                            u4(directory, at + 20),
                            u4(directory, at + 24)));
            int slash = name.startsWith(VERSIONS) ? name.indexOf('/', VERSIONS.length()) : -1;
            String release = slash < 0 ? "" : name.substring(VERSIONS.length(), slash);
            if (release.matches("[1-9]\\d{0,3}") && Integer.parseInt(release) >= FIRST_RELEASE) {
                releases.add(Integer.parseInt(release));
            }
        }
        return at + ENTRY_LENGTH + nameLength + u2(directory, at + 30) + u2(directory, at + 32);
    }

    private long end() throws IOException {
        long first = Math.max(from, to - END_LENGTH - LONGEST_COMMENT);
        if (to - first < END_LENGTH) {
            throw new IOException("no jar");
        }
        ByteBuffer tail = bytes(first, (int) (to - first));
        for (int at = tail.capacity() - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END && u2(tail, at + 20) == tail.capacity() - END_LENGTH - at) {
                return first + at;
            }
        }
        throw new IOException("no jar");
    }

    /** Of a day and a time as DOS has them; numbers that are no date count as the first day of all. */
    private static LocalDateTime time(int day, int time) {
        try {
            return LocalDateTime.of(
                    1980 + (day >> 9), day >> 5 & 15, day & 31, time >> 11, time >> 5 & 63, 2 * (time & 31));
        } catch (DateTimeException e) {
            return LocalDateTime.MIN;
        }
    }

    private static int u2(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xffff;
    }

    private static long u4(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & 0xffffffffL;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
