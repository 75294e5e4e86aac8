package org.leaklab.bench.run;

import java.util.List;

/** One row could not be measured; others may be. */
final class FailedRowException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<String> details;

    /**
     * @param why in a few words
     * @param details the end of what was said meanwhile, line by line
     */
    FailedRowException(String why, List<String> details) {
        super(why);
        this.details = details;
    }

    List<String> details() {
        return details;
    }
}
