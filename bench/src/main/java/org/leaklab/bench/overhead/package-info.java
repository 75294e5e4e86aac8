/** What an attached detector costs an operation of the core. */
@NullMarked
package org.leaklab.bench.overhead;

import org.jspecify.annotations.NullMarked;
