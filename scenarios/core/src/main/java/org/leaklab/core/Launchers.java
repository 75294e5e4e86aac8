package org.leaklab.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** The launchers of this JVM, weakly: one with live threads is held by them. */
final class Launchers {

    private static final Set<Launcher> ALL =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private Launchers() {}

    static void add(Launcher launcher) {
        ALL.add(launcher);
    }

    static List<Launcher> all() {
        synchronized (ALL) {
            return new ArrayList<>(ALL);
        }
    }
}
