/** Callbacks and futures of others, which are waited for and never come. */
@NullMarked
package org.leaklab.scenario.callback;

import org.jspecify.annotations.NullMarked;
