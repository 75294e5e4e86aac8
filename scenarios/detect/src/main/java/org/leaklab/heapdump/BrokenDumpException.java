package org.leaklab.heapdump;

import java.io.IOException;

/** A file that is no heap dump, or not a whole one; the message is one sentence that says what and where. */
public final class BrokenDumpException extends IOException {

    private static final long serialVersionUID = 1;

    /** With a sentence. */
    public BrokenDumpException(String message) {
        super(oneLine(message));
    }

    /** With a sentence, and what led to it. */
    public BrokenDumpException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** A message may quote the dump, and a damaged one has anything in it. */
    private static String oneLine(String message) {
        return message.replaceAll("\\p{Cntrl}", "?");
    }
}
