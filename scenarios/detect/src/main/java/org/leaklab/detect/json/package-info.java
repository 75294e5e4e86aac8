/** A small reader of JSON, for the thread dumps of the JDK. */
@NullMarked
package org.leaklab.detect.json;

import org.jspecify.annotations.NullMarked;
