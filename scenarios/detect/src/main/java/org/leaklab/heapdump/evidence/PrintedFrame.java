package org.leaklab.heapdump.evidence;

import java.util.List;

/**
 * A frame of a {@link PrintedThread}.
 *
 * @param at class, method, file and line, without module
 * @param monitors what the print says of locks at this frame, in its order: the last one entered first
 */
public record PrintedFrame(StackTraceElement at, List<PrintedMonitor> monitors) {}
