package org.leaklab.heapdump.hprof;

import java.io.IOException;

/** A file that is no heap dump, or not a whole one. The message is one sentence: what is wrong, where, what to do. */
public final class MalformedDumpException extends IOException {

    private static final long serialVersionUID = 1;

    /** With a sentence, which may quote the dump. */
    public MalformedDumpException(String message) {
        super(message);
    }

    MalformedDumpException(String message, Throwable cause) {
        super(message, cause);
    }

    /** For a dump with something in it that cannot be; {@code what} goes between the file's name and the advice. */
    public static MalformedDumpException damaged(DumpFile file, String what) {
        return new MalformedDumpException(file.name() + " is damaged: " + what + "; take the dump again");
    }
}
