/**
 * Programs that use the library in a JVM of their own, from a package that no module of it has: as a class on the class
 * path they can use it as a module too.
 */
@NullMarked
package org.leaklab.alone;

import org.jspecify.annotations.NullMarked;
