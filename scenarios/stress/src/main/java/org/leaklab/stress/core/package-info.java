/** Nothing is lost, nothing comes twice, everybody is woken. */
@NullMarked
package org.leaklab.stress.core;

import org.jspecify.annotations.NullMarked;
