package org.leaklab.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test that leaves threads behind, with their stacks.
 *
 * <p>A leak is blamed on the test whose threads started it, directly or through others, also when tests run in
 * parallel. That is known of every thread of a {@link org.leaklab.core.Launcher}. A thread that something else started
 * is blamed on a test only if it came up during that test and no other verified test ran meanwhile.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(VerifyNoLeaksExtension.class)
public @interface VerifyNoLeaks {

    /** Beginnings of names of threads to ignore. */
    String[] ignoreNames() default {};

    /** Methods, as {@code org.example.Type.method}: threads are ignored that have one as their innermost frame. */
    String[] ignoreTop() default {};

    /** Methods, as {@code org.example.Type.method}: threads are ignored that have one anywhere on their stack. */
    String[] ignoreAny() default {};

    /** Beginnings of names of threads whose children are ignored. */
    String[] ignoreCreators() default {};

    /** How often to look before complaining. */
    int attempts() default 20;

    /** The longest pause between two looks, in milliseconds. */
    long longestPauseMillis() default 100;
}
