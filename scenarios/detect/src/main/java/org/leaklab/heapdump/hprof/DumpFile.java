package org.leaklab.heapdump.hprof;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a heap dump by position, big-endian, of any length: mapped into memory piece by piece. A gzipped dump is
 * unpacked into a private temporary file first, because objects are read in the order of their references.
 *
 * <p>Pieces overlap by the longest number, so that none lies across two of them.
 */
public final class DumpFile {

    private static final int PIECE_BITS = 30;
    private static final long PIECE = 1L << PIECE_BITS;
    private static final int MASK = (int) (PIECE - 1);
    private static final int OVERLAP = 8;
    private static final int BUFFER = 1 << 20;
    private static final int CHECK_EVERY = 16 << 20;

    /** A twentieth of the free room stays free. */
    private static final int LEFT_TO_OTHERS = 20;

    private final ByteBuffer[] pieces;
    private final long size;
    private final String name;

    private DumpFile(String name, ByteBuffer[] pieces, long size) {
        this.name = name;
        this.pieces = pieces;
        this.size = size;
    }

    /**
     * Opens a dump.
     *
     * @throws MalformedDumpException if it is gzipped and cannot be unpacked
     * @throws IOException if it cannot be read, or the disk has too little room to unpack it
     */
    public static DumpFile open(Path path, ProgressListener progress) throws IOException {
        String name = String.valueOf(path.getFileName());
        if (Files.isDirectory(path)) {
            throw new MalformedDumpException(name + " is a directory: name a heap dump in it");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new MalformedDumpException(name + " is no regular file: name a file with a heap dump in it");
        }
        if (!isGzipped(path)) {
            return map(path, name);
        }
        Path plain = PrivateFile.create(null);
        try {
            File disk = plain.getParent().toFile();
            unpack(path, plain, disk::getUsableSpace, progress);
            return map(plain, name);
        } finally {
            PrivateFile.delete(plain); // what is mapped stays readable until it is unmapped
        }
    }

    private static boolean isGzipped(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    /** Unpacks within the room that the disk has, and leaves a part of it to others. */
    static void unpack(Path from, Path to, LongSupplier room, ProgressListener progress) throws IOException {
        String name = String.valueOf(from.getFileName());
        long left = room.getAsLong() / LEFT_TO_OTHERS;
        long written = 0;
        long checked = 0;
        try (InputStream file = new BufferedInputStream(Files.newInputStream(from), BUFFER);
                InputStream in = new GZIPInputStream(file, BUFFER);
                OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[BUFFER];
            for (int n; (n = in.read(buffer)) > 0; written += n) {
                if (written >= checked) {
                    if (room.getAsLong() - left < CHECK_EVERY) {
                        throw new IOException(
                                "the disk of the temporary directory has too little room to unpack " + name
                                        + ", which has more than " + (written >> 20)
                                        + " MB: name another directory with -Djava.io.tmpdir");
                    }
                    checked = written + CHECK_EVERY;
                }
                out.write(buffer, 0, n);
                progress.at("unpacking", written, -1);
            }
        } catch (EOFException | ZipException e) {
            throw new MalformedDumpException(
                    name + " is truncated or damaged: it unpacks to " + written + " bytes, and then gzip says \""
                            + (e.getMessage() == null ? "it ends too early" : e.getMessage())
                            + "\"; nothing can be said of a part of a heap, so take the dump again",
                    e);
        }
    }

    private static DumpFile map(Path path, String name) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer[] pieces = new ByteBuffer[Math.toIntExact((size + PIECE - 1) >>> PIECE_BITS)];
            for (int i = 0; i < pieces.length; i++) {
                long from = (long) i << PIECE_BITS;
                pieces[i] = channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(PIECE + OVERLAP, size - from));
            }
            return new DumpFile(name, pieces, size);
        }
    }

    public String name() {
        return name;
    }

    /** In bytes, unpacked. */
    public long size() {
        return size;
    }

    public int u1(long at) {
        return piece(at).get((int) at & MASK) & 0xff;
    }

    public int u2(long at) {
        return piece(at).getShort((int) at & MASK) & 0xffff;
    }

    public int i4(long at) {
        return piece(at).getInt((int) at & MASK);
    }

    public long u4(long at) {
        return i4(at) & 0xffff_ffffL;
    }

    public long i8(long at) {
        return piece(at).getLong((int) at & MASK);
    }

    /** Copies bytes; the caller has checked that they are there. */
    public byte[] bytes(long at, int count) {
        byte[] bytes = new byte[count];
        for (int done = 0; done < count; ) {
            long from = at + done;
            ByteBuffer piece = piece(from);
            int n = Math.min(count - done, piece.limit() - ((int) from & MASK));
            piece.get((int) from & MASK, bytes, done, n);
            done += n;
        }
        return bytes;
    }

    /** Text up to a zero byte, or null if there is none in so many bytes. */
    @Nullable
    String zeroTerminated(long at, int most) {
        int length = 0;
        while (length < most && at + length < size && u1(at + length) != 0) {
            length++;
        }
        boolean ends = length < most && at + length < size;
        return ends ? new String(bytes(at, length), StandardCharsets.ISO_8859_1) : null;
    }

    private ByteBuffer piece(long at) {
        return pieces[(int) (at >>> PIECE_BITS)];
    }
}
