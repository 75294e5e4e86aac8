package org.leaklab.heapdump.code;

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
import org.jspecify.annotations.Nullable;

/**
 * Reads class files from the {@code lib/modules} of any JDK, or of an image that jlink made. The JDK's own reader of
 * another JDK's image loads code of that JDK; this one reads data only, so it may read an image of anybody.
 *
 * <p>The file is a hash table: a header of seven numbers, a table of seeds, one of places, the attributes of each
 * entry, the strings that they point to, and then the contents.
 */
final class JdkImage implements Closeable {

    private static final int MAGIC = 0xcafedada;

    /** 1.0, and 1.1 since JDK 27, which tells classes with a preview version from others. */
    private static final int VERSION = 1 << 16;

    private static final int LATER_VERSION = VERSION | 1;

    /** Where a module has the classes that take the place of others with {@code --enable-preview}. */
    private static final String PREVIEW = "META-INF/preview/";

    private static final int HEADER = 28;
    private static final int LARGEST_INDEX = 64 << 20;
    private static final int HASH = 0x01000193;

    private static final int COMPRESSED_MAGIC = 0xcafefafa;
    private static final int COMPRESSED_HEADER = 29;

    // kinds of attributes
    private static final int MODULE = 1;
    private static final int PARENT = 2;
    private static final int BASE = 3;
    private static final int EXTENSION = 4;
    private static final int CONTENT = 5;
    private static final int COMPRESSED = 6;
    private static final int UNCOMPRESSED = 7;
    private static final int KINDS = 32;

    private final FileChannel file;
    private final ByteBuffer index;
    private final int entries;
    private final int locationsAt;
    private final int stringsAt;

    private JdkImage(FileChannel file, ByteBuffer index, int entries, int locationsAt, int stringsAt) {
        this.file = file;
        this.index = index;
        this.entries = entries;
        this.locationsAt = locationsAt;
        this.stringsAt = stringsAt;
    }

    /**
     * Opens an image and reads its index.
     *
     * @throws IOException if there is none, or none of a known format
     */
    static JdkImage open(Path modules) throws IOException {
        if (!Files.isRegularFile(modules)) {
            throw new IOException(modules + " is no file");
        }
        FileChannel file = FileChannel.open(modules, StandardOpenOption.READ);
        try {
            return of(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static JdkImage of(FileChannel file) throws IOException {
        ByteBuffer header = Bytes.at(file, 0, HEADER).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(0) != MAGIC) {
            header.order(ByteOrder.BIG_ENDIAN);
        }
        int version = header.getInt(4);
        if (header.getInt(0) != MAGIC || version != VERSION && version != LATER_VERSION) {
            throw new IOException("no image of modules of a known version");
        }
        int entries = header.getInt(16);
        int locations = header.getInt(20);
        int strings = header.getInt(24);
        long length = HEADER + 8L * entries + locations + strings;
        if (entries <= 0 || locations < 0 || strings < 0 || length > LARGEST_INDEX || length > file.size()) {
            throw new IOException("an image of modules with a damaged header");
        }
        ByteBuffer index = Bytes.at(file, 0, (int) length).order(header.order());
        int locationsAt = HEADER + 8 * entries;
        return new JdkImage(file, index, entries, locationsAt, locationsAt + locations);
    }

    /**
     * The class file of a class, whichever module has it; null if none has.
     *
     * @param name as {@code java.util.Map$Entry}
     * @throws IOException if the image is damaged, or packed in a way that is not known
     */
    byte @Nullable [] classFile(String name) throws IOException {
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return null;
        }
        try {
            byte[] modules = read("/packages/" + name.substring(0, dot));
            ByteBuffer pairs =
                    ByteBuffer.wrap(modules == null ? new byte[0] : modules).order(index.order());
            while (pairs.remaining() >= 8) {
                pairs.getInt(); // whether the module has anything in the package
                String module = "/" + string(pairs.getInt()) + "/";
                String file = name.replace('.', '/') + ".class";
                if (find(module + PREVIEW + file) != null) {
                    throw new IOException("a class that has a preview version");
                }
                byte[] found = read(module + file);
                if (found != null) {
                    return found;
                }
            }
            return null;
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new IOException("a damaged image of modules", e);
        }
    }

    private byte @Nullable [] read(String path) throws IOException {
        long[] attributes = find(path);
        if (attributes == null) {
            return null;
        }
        long at = index.capacity() + attributes[CONTENT];
        int packed = Bytes.length(attributes[COMPRESSED]);
        int length = Bytes.length(attributes[UNCOMPRESSED]);
        ByteBuffer content = Bytes.at(file, at, packed == 0 ? length : packed).order(index.order());
        return packed == 0 ? content.array() : unpacked(content);
    }

    /** Resources may be packed several times, one around the other. */
    private byte[] unpacked(ByteBuffer packed) throws IOException {
        ByteBuffer content = packed;
        while (content.capacity() >= COMPRESSED_HEADER && content.getInt(0) == COMPRESSED_MAGIC) {
            int length = Bytes.length(content.getLong(12));
            if (!string(content.getInt(20)).equals("zip")) { // the other way to pack has been deprecated since 21
                throw new IOException("an image whose classes are packed in another way than by zip");
            }
            byte[] body = new byte[content.capacity() - COMPRESSED_HEADER];
            content.get(COMPRESSED_HEADER, body);
            content = ByteBuffer.wrap(Bytes.inflated(body, length, false)).order(index.order());
        }
        return content.array();
    }

    private long @Nullable [] find(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        int seed = index.getInt(HEADER + 4 * (hash(name, HASH) % entries));
        int place = seed > 0 ? hash(name, seed) % entries : -1 - seed;
        if (seed == 0 || place >= entries) {
            return null;
        }
        long[] attributes = attributes(index.getInt(HEADER + 4 * (entries + place)));
        return path.equals(path(attributes)) ? attributes : null;
    }

    private static int hash(byte[] name, int seed) {
        int hash = seed;
        for (byte each : name) {
            hash = hash * HASH ^ each & 0xff;
        }
        return hash & Integer.MAX_VALUE;
    }

    private long[] attributes(int offset) {
        long[] attributes = new long[KINDS];
        int at = locationsAt + offset;
        int head = index.get(at++) & 0xff;
        while (head >>> 3 != 0) {
            long value = 0;
            for (int length = (head & 7) + 1; length > 0; length--) {
                value = value << 8 | index.get(at++) & 0xff;
            }
            attributes[head >>> 3] = value;
            head = index.get(at++) & 0xff;
        }
        return attributes;
    }

    private String path(long[] attributes) {
        String module = string((int) attributes[MODULE]);
        String parent = string((int) attributes[PARENT]);
        String extension = string((int) attributes[EXTENSION]);
        return (module.isEmpty() ? "" : "/" + module + "/")
                + (parent.isEmpty() ? "" : parent + "/")
                + string((int) attributes[BASE])
                + (extension.isEmpty() ? "" : "." + extension);
    }

    private String string(int offset) {
        int from = stringsAt + offset;
        int to = from;
        while (index.get(to) != 0) {
            to++;
        }
        byte[] bytes = new byte[to - from];
        index.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
