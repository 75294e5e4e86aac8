package org.leaklab.detect;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * A profile in the binary format of pprof, a gzipped protocol buffer.
 *
 * <p>That needs protobuf, which this library does not bring along: the artifact
 * {@code com.google.protobuf:protobuf-javalite}. On the module path that is not enough. This module only
 * {@code requires static com.google.protobuf}, so the JVM does not load the module unless something else asks for it:
 * your {@code module-info.java} by {@code requires com.google.protobuf;}, or the command line by {@code --add-modules
 * com.google.protobuf}.
 */
public final class Pprof {

    /** The artifact that has to be added where {@link #isAvailable} is false. */
    public static final String ARTIFACT = "com.google.protobuf:protobuf-javalite";

    private static final boolean AVAILABLE = canWrite();

    private Pprof() {}

    /** Whether protobuf is there, so that {@link #write} can work. */
    public static boolean isAvailable() {
        return AVAILABLE;
    }

    /** What to do where protobuf is missing, a clause. */
    public static String remedy() {
        return "add the artifact " + ARTIFACT
                + ", and on the module path also \"requires com.google.protobuf;\" or --add-modules com.google.protobuf";
    }

    /**
     * Writes a profile and leaves the stream open.
     *
     * @throws IllegalStateException if protobuf is missing
     */
    public static void write(ThreadProfile profile, OutputStream out) throws IOException {
        if (!AVAILABLE) {
            throw new IllegalStateException("the format of pprof needs protobuf: " + remedy());
        }
        PprofWriter.write(profile, out);
    }

    /** Tries it: protobuf may be missing, too old, or in a module that this one does not read. */
    private static boolean canWrite() {
        try {
            PprofWriter.write(
                    new ThreadProfile("threads", "none", Instant.EPOCH, List.of()), OutputStream.nullOutputStream());
            return true;
        } catch (LinkageError e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
