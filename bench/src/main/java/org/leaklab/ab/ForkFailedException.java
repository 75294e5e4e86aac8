package org.leaklab.ab;

import java.util.List;

/** A fork did not end well, or left no results. */
public final class ForkFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<String> details;

    ForkFailedException(String message, List<String> details) {
        super(message);
        this.details = List.copyOf(details);
    }

    /** The last lines that it said. */
    public List<String> details() {
        return details;
    }
}
