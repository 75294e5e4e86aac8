/** Sends, receives and selects that nobody answers. */
@NullMarked
package org.leaklab.scenario.channel;

import org.jspecify.annotations.NullMarked;
