/** The core beside its peers: {@link org.leaklab.peers.CoreScore} is one cell of one run, with its ratio to another. */
@NullMarked
package org.leaklab.peers;

import org.jspecify.annotations.NullMarked;
