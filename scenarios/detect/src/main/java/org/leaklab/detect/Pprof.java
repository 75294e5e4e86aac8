package org.leaklab.detect;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * Writes a profile in the binary format of pprof: a gzipped protocol buffer, after {@code proto/profile.proto} of
 * github.com/google/pprof.
 *
 * <p>The format needs protobuf, and this library does not depend on it. Add the artifact
 * {@code com.google.protobuf:protobuf-javalite}. On the module path, also add {@code requires com.google.protobuf;} to
 * your {@code module-info.java}, or {@code --add-modules com.google.protobuf} to the command line. This module only
 * {@code requires static com.google.protobuf}, so without that the JVM does not load the module.
 *
 * <p>Safe for use by several threads.
 */
public final class Pprof {

    /** The artifact to add if {@link #isAvailable} returns false. */
    public static final String ARTIFACT = "com.google.protobuf:protobuf-javalite";

    private static final boolean AVAILABLE = canWrite();

    private Pprof() {}

    /** Returns whether this JVM has protobuf, so that {@link #write} can work. The answer does not change. */
    public static boolean isAvailable() {
        return AVAILABLE;
    }

    /** Returns what to do if protobuf is missing; a clause that fits behind a colon. */
    public static String remedy() {
        return "add the artifact " + ARTIFACT
                + ", and on the module path also \"requires com.google.protobuf;\" or --add-modules com.google.protobuf";
    }

    /**
     * Writes a profile to a stream and does not close the stream.
     *
     * @throws IllegalStateException if protobuf is missing; the message says how to add it
     * @throws IOException if the stream throws it
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
