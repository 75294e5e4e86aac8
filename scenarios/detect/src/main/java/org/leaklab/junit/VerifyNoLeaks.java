package org.leaklab.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test that leaves threads behind. The test fails with a {@link org.leaklab.detect.LeakedThreadsError}, which
 * shows the stacks of these threads. On a class, the annotation applies to each of its tests. On a method, it replaces
 * the settings of the class.
 *
 * <p>The check runs after the {@code @AfterEach} methods of the test class. So these methods can end threads, and
 * threads that {@code @BeforeEach} methods start are checked too.
 *
 * <p>For each thread of a {@link org.leaklab.core.Launcher}, the extension knows which test started it, directly or
 * through other threads. It blames this test, even if other tests run in parallel. It blames a test for any other
 * thread only if the thread was started during that test and no other verified test ran meanwhile. It never blames a
 * test for threads of the JDK or of JUnit itself.
 *
 * <p>It sees virtual threads that no launcher started only if the JVM runs with the option
 * {@link org.leaklab.detect.JvmThreads#OPEN}. Without this option a test that leaves no other thread behind fails too,
 * with an {@link IllegalStateException} that has the lines to put into the build, unless {@link #onlyLaunchers()} is
 * true.
 *
 * <p>A probe hides virtual threads for moments. While one is under way, the extension waits for its end: before the
 * test, and after it before the test passes. After 10 seconds the test fails with an {@link IllegalStateException}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(VerifyNoLeaksExtension.class)
public @interface VerifyNoLeaks {

    /** Ignores threads whose name begins with one of these strings. */
    String[] ignoreNames() default {};

    /** Ignores threads whose innermost frame is one of these methods. Their form is {@code org.example.Type.method}. */
    String[] ignoreTop() default {};

    /**
     * Ignores threads that have one of these methods anywhere on their stack. Their form is
     * {@code org.example.Type.method}.
     */
    String[] ignoreAny() default {};

    /**
     * Ignores threads that were started by a thread whose name begins with one of these strings. The creator is known
     * only for threads of a {@link org.leaklab.core.Launcher}.
     */
    String[] ignoreCreators() default {};

    /**
     * Whether the check looks only at threads that a {@link org.leaklab.core.Launcher} started. Such a check needs no
     * option of the JVM.
     */
    boolean onlyLaunchers() default false;

    /** How often the check looks before it fails the test; at least 1. It stops as soon as no thread is left. */
    int attempts() default 20;

    /** The longest pause between two looks, in milliseconds. The pauses begin with 1 microsecond and double. */
    long longestPauseMillis() default 100;
}
