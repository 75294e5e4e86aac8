/** Programs that are idle or under load. No thread of theirs is stuck. They keep what they use in static fields. */
@NullMarked
package org.leaklab.field.healthy;

import org.jspecify.annotations.NullMarked;
