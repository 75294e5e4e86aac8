/**
 * The test verifier as an extension of JUnit Jupiter, which is an optional dependency: annotate a test class or method
 * with {@link org.leaklab.junit.VerifyNoLeaks}.
 *
 * <p>On the class path that is all. On the module path JUnit must be there as modules, so the tests are best a module
 * of their own, with a {@code module-info.java} beside them: {@code open module my.tests { requires org.junit.jupiter;
 * requires org.leaklab.detect; }}. Where Maven patches the tests into the module that they test, the tests' JVM needs
 * {@code --add-reads my.module=org.junit.jupiter.api} and {@code --add-opens
 * my.module/my.pack=org.junit.platform.commons}, or they run on the class path ({@code useModulePath} of Surefire).
 */
@NullMarked
package org.leaklab.junit;

import org.jspecify.annotations.NullMarked;
