/**
 * Mistakes that look like ordinary concurrent code, and whose harm is often a wrong result rather than a stuck thread.
 */
@NullMarked
package org.leaklab.scenario.pitfall;

import org.jspecify.annotations.NullMarked;
