/** What the tests of the analysis share: heap dumps that are written record by record, and JVMs to take dumps of. */
@NullMarked
package org.leaklab.heapdump.testing;

import org.jspecify.annotations.NullMarked;
