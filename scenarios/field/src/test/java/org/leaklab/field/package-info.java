/**
 * Runs each program of {@link org.leaklab.field.Programs} in a JVM of its own, and holds detect's answer against it.
 */
@NullMarked
package org.leaklab.field;

import org.jspecify.annotations.NullMarked;
