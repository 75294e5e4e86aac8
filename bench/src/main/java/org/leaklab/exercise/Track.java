package org.leaklab.exercise;

import java.util.Locale;

/** What a row of exercises is about. */
public enum Track {
    WAITING("waiting and waking"),
    OWNING("owning locks, permits and pools"),
    CANCELLING("cancelling"),
    STRUCTURE("structure: who starts, who waits, who ends"),
    PRODUCTION("finding a leak in production");

    private final String title;

    Track(String title) {
        this.title = title;
    }

    /** What it is about, in some words. */
    public String title() {
        return title;
    }

    /** The word for it in lists and folders. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
