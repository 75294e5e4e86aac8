/**
 * Lists, a queue and maps of plain numbers: a dump has millions of them, and an object for each would cost more memory
 * than all that is known of the dump.
 *
 * <p>Nothing here knows of dumps. {@link org.leaklab.heapdump.primitive.LongMap} is the only one with a trick.
 */
@NullMarked
package org.leaklab.heapdump.primitive;

import org.jspecify.annotations.NullMarked;
