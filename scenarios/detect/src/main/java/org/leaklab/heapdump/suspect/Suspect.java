package org.leaklab.heapdump.suspect;

import org.leaklab.heapdump.judge.DumpThread;

/**
 * A thread that may be stuck.
 *
 * @param because what was seen, and what would make the suspicion wrong; a sentence or two
 */
public record Suspect(DumpThread thread, Suspicion suspicion, String because) {}
