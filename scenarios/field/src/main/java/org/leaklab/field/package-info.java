/**
 * Programs with libraries that others wrote, and what {@code detect} should say of each.
 *
 * <p>Those in {@link org.leaklab.field.stuck} do not go on, as users of the libraries reported it. Those in
 * {@link org.leaklab.field.healthy} are idle, or serve requests. {@link org.leaklab.field.Programs} lists all of them,
 * and {@link org.leaklab.field.Host} runs one.
 */
@NullMarked
package org.leaklab.field;

import org.jspecify.annotations.NullMarked;
