/**
 * What stuck threads do to the collector: {@link org.leaklab.bench.collector.Allocation} is a program that allocates,
 * {@link org.leaklab.bench.collector.YoungCollections} what its young collections took, and
 * {@link org.leaklab.bench.collector.Beside} the stuck threads that it has to live with.
 */
@NullMarked
package org.leaklab.bench.collector;

import org.jspecify.annotations.NullMarked;
