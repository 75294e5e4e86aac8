package org.leaklab.heapdump.suspect;

import org.leaklab.heapdump.judge.DumpThread;

/**
 * A thread that may be stuck.
 *
 * @param because what was seen, and what would make the suspicion wrong; two or three sentences
 */
public record Suspect(DumpThread thread, Suspicion suspicion, String because) {}
