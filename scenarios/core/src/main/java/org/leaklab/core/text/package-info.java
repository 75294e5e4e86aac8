/**
 * Text for people, safe to print. Not exported but to leaklab's own modules.
 *
 * <p>{@link org.leaklab.core.text.Printable} escapes what a terminal or a log would act on. Everything that leaklab
 * prints and did not write itself goes through it: names of threads, classes and tasks, trace ids, messages of
 * exceptions. {@link org.leaklab.core.text.EditDistance} tells how far a word is from another one.
 */
@NullMarked
package org.leaklab.core.text;

import org.jspecify.annotations.NullMarked;
