/**
 * Sockets and HTTP exchanges.
 *
 * <p>The other end of a connection tells nothing on its own: a thread learns that a peer has gone only where it reads
 * or writes, and passes it on only where it was written to.
 */
@NullMarked
package org.leaklab.scenario.io;

import org.jspecify.annotations.NullMarked;
