package org.leaklab.cli;

import java.util.List;
import java.util.Locale;
import org.leaklab.core.ThreadKind;

/** What {@code --threads} takes. */
enum Kinds {
    PLATFORM(ThreadKind.PLATFORM),
    VIRTUAL(ThreadKind.VIRTUAL),
    BOTH(ThreadKind.values());

    @SuppressWarnings("ImmutableEnumChecker") // it is an unmodifiable list
    final List<ThreadKind> kinds;

    Kinds(ThreadKind... kinds) {
        this.kinds = List.of(kinds);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
