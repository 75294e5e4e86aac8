/** What threads that a service's handler leaks do to the service's latency. */
@NullMarked
package org.leaklab.bench.latency;

import org.jspecify.annotations.NullMarked;
