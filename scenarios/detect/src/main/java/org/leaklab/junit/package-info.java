/** The test verifier as an extension of JUnit Jupiter, which is an optional dependency. */
@NullMarked
package org.leaklab.junit;

import org.jspecify.annotations.NullMarked;
