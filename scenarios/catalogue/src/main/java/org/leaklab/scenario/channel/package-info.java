/** Sends, receives and selects that no other thread answers. */
@NullMarked
package org.leaklab.scenario.channel;

import org.jspecify.annotations.NullMarked;
