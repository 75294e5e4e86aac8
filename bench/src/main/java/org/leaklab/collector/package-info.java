/**
 * What stuck threads do to the collector: {@link org.leaklab.collector.Allocation} is a program that allocates,
 * {@link org.leaklab.collector.YoungCollections} what its young collections took, and
 * {@link org.leaklab.collector.Beside} the stuck threads that it has to live with.
 */
@NullMarked
package org.leaklab.collector;

import org.jspecify.annotations.NullMarked;
