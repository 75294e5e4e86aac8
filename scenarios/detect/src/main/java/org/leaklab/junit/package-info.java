/**
 * An extension of JUnit Jupiter that fails tests which leave threads behind. Annotate a test class or a test method
 * with {@link org.leaklab.junit.VerifyNoLeaks}. JUnit is an optional dependency of this module: your project brings it.
 *
 * <p>{@code VerifyNoLeaksExtension} decides which threads a test is accused of: those of the test's own origin, and
 * those of unknown origin if no other verified test ran at the same time. {@link org.leaklab.detect.LeakCheck} looks
 * for them and waits until they have ended.
 *
 * <p>Without code there is the check of a whole suite: the line {@code leaklab.verify=fail} in
 * {@code junit-platform.properties}. See {@code docs/tests.md}.
 *
 * <p>On the class path the annotation is enough. On the module path JUnit must be there as modules. There are two ways:
 *
 * <ul>
 *   <li>The tests are a module of their own. This is the simpler way. Put a {@code module-info.java} beside them:
 *       {@code open module my.tests { requires org.junit.jupiter; requires org.leaklab.detect; }}.
 *   <li>Maven patches the tests into the module that they test. Then the JVM of the tests needs the options
 *       {@code --add-reads my.module=org.junit.jupiter.api} and {@code --add-opens
 *       my.module/my.pack=org.junit.platform.commons}. Or set {@code useModulePath} of Surefire to {@code false}, so
 *       that the tests run on the class path.
 * </ul>
 */
@NullMarked
package org.leaklab.junit;

import org.jspecify.annotations.NullMarked;
