/**
 * Finds threads that may be stuck, though nobody can prove it: {@link org.leaklab.heapdump.suspect.Suspects} is the way
 * in, each other class knows one kind of suspicion. All of them ask what was judged, and what the dump shows of pools,
 * queues and locks of the JDK by the names of their fields. A shape that is not known makes nobody suspect.
 */
@NullMarked
package org.leaklab.heapdump.suspect;

import org.jspecify.annotations.NullMarked;
