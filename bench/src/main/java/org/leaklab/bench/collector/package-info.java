/** What stuck threads do to the collector. */
@NullMarked
package org.leaklab.bench.collector;

import org.jspecify.annotations.NullMarked;
