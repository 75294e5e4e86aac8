/** How fast detectors are: a look beside so many stuck threads, and the time from getting stuck to the report. */
@NullMarked
package org.leaklab.bench.detection;

import org.jspecify.annotations.NullMarked;
