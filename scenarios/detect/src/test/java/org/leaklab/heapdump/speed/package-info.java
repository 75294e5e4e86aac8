/** Large heaps, to measure the analysis of their dumps. */
@NullMarked
package org.leaklab.heapdump.speed;

import org.jspecify.annotations.NullMarked;
