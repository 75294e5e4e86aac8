package org.leaklab.heapdump.code;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads pieces of files whose lengths somebody else has chosen, up to the largest piece that a class file may be. */
final class Bytes {

    /** The largest class files of the JDK and of generated parsers have less than 2 MB. */
    static final int LARGEST = 4 << 20;

    private Bytes() {}

    /**
     * Checks the length of a piece.
     *
     * @throws IOException if it is too large, or negative
     */
    static int length(long length) throws IOException {
        if (length < 0 || length > LARGEST) {
            throw new IOException("a class file of " + length + " bytes");
        }
        return (int) length;
    }

    /**
     * A piece of a file, in an array of its own.
     *
     * @throws IOException if the file is too short
     */
    static ByteBuffer at(FileChannel file, long from, int length) throws IOException {
        if (from < 0 || from > file.size() - length) {
            throw new EOFException("a file that ends too early");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("a file that ends too early");
            }
        }
        return bytes.flip();
    }

    /**
     * Unpacks what was deflated.
     *
     * @param length what must come out
     * @param raw whether it has no header of zlib
     * @throws IOException if it is damaged, or something else comes out
     */
    static byte[] inflated(byte[] packed, int length, boolean raw) throws IOException {
        Inflater inflater = new Inflater(raw);
        try {
            inflater.setInput(packed);
            byte[] bytes = new byte[length];
            int done = 0;
            while (done < length) {
                int more = inflater.inflate(bytes, done, length - done);
                if (more == 0) {
                    throw new EOFException("a packed file that ends too early");
                }
                done += more;
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new IOException("a damaged packed file", e);
        } finally {
            inflater.end();
        }
    }
}
