/** Programs with threads that do not go on, each after a report of a user. */
@NullMarked
package org.leaklab.field.stuck;

import org.jspecify.annotations.NullMarked;
