package org.leaklab.agent.probe;

import org.jspecify.annotations.Nullable;

/**
 * The place of an armed thread in the list of its launcher. Something stands there for the thread. It holds neither the
 * thread nor the launcher.
 */
final class Place {

    private final LauncherLists lists;
    private final Held list;

    /** Whether no set of the JDK has the thread. */
    final boolean only;

    private volatile @Nullable Object standIn;

    Place(LauncherLists.Entry entry) {
        this.lists = entry.lists();
        this.list = entry.held();
        this.only = entry.only();
    }

    /** Whether something alive reached the launcher at the last collection, and could interrupt its threads. */
    boolean isReached() {
        return list.isReached();
    }

    /** Lets go of the thread. False if it is not in the list any more. */
    boolean letGo(LauncherLists.Entry entry) {
        standIn = lists.letGo(entry);
        return standIn != null;
    }

    /**
     * Puts the thread back, unless it has ended.
     *
     * @param entry what the sentinel knows; null if the sentinel is not on the thread any more. Then the thread was
     *     reached all the time, and with it its launcher
     */
    void takeBack(LauncherLists.@Nullable Entry entry) {
        Object in = standIn;
        Object from = entry == null ? list.get() : entry.list();
        if (in != null && from != null) {
            lists.takeBack(from, in, entry == null ? null : entry.record());
        }
    }
}
