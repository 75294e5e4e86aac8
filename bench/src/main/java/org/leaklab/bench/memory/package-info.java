/** What stuck threads retain: a population a fork, in five sizes; {@code memory-table} prints bytes a thread. */
@NullMarked
package org.leaklab.bench.memory;

import org.jspecify.annotations.NullMarked;
