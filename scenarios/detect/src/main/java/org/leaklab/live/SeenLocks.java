package org.leaklab.live;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.SuspectThread;

/**
 * Who waits for whom in a JVM, as its thread dumps show it.
 *
 * @param print what a thread print shows: its deadlocks are proven
 * @param suspects deadlocks in which virtual threads take part, which two JSON thread dumps show alike
 * @param unseen why such deadlocks were not looked for, a sentence, or null if they were
 */
public record SeenLocks(
        Findings print,
        List<SuspectThread> suspects,
        @Nullable String unseen) {}
