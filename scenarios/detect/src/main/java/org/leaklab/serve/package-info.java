/**
 * Profiles of threads over HTTP, for browsers and for {@code go tool pprof}.
 *
 * <p>Start with {@link org.leaklab.serve.ProfileServer} and its builder. {@code Listener} accepts connections and ends
 * them all; a {@code HttpConnection} reads one {@code Request} and sends one {@code HttpAnswer}, each in a limited
 * time; {@code Outgoing} limits the memory of answers; {@code AllowedHosts} refuses what a page of another site wants;
 * {@code Pages} makes the answer for each path; a {@link org.leaklab.serve.SharedProbe} lets all who ask share one
 * garbage collection, a {@link org.leaklab.serve.SharedHealth} one look for deadlocks. Metrics and pages of frameworks
 * use these two as well. The binary format of pprof needs protobuf. {@link org.leaklab.detect.Pprof} says how to add
 * it, on the class path and on the module path.
 */
@NullMarked
package org.leaklab.serve;

import org.jspecify.annotations.NullMarked;
