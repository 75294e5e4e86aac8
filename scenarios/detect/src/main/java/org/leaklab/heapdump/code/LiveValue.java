package org.leaklab.heapdump.code;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reference that a method still uses at some instruction, or gives to a method that it calls.
 *
 * @param types what it is declared to be, one of these, as source code has them
 * @param isExact whether it is of these very classes, because the method has made it
 * @param isNeverNull whether it is an object whatever happened before: the method has made it, or was called on it
 * @param isMade whether the method may have made it, or a method that it has called
 * @param arguments the arguments of the method that it may be, from 0; in an instance method, 0 is what it was called
 *     on
 * @param captured if it is a lambda, the types of what it captured; else null
 */
public record LiveValue(
        Set<String> types,
        boolean isExact,
        boolean isNeverNull,
        boolean isMade,
        Set<Integer> arguments,
        @Nullable Set<String> captured) {}
