/**
 * What comes from outside: sockets, HTTP exchanges, pipes, child processes, connections of a pool.
 *
 * <p>A connection does not tell a thread that the other end has gone. The thread learns it only when it reads or
 * writes, and other threads learn it only if that thread tells them.
 */
@NullMarked
package org.leaklab.scenario.io;

import org.jspecify.annotations.NullMarked;
