package org.leaklab.bench;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A further value of a parameter, beside those of JMH's {@code Param}, that needs a JVM of its own. JMH's {@code Fork}
 * cannot depend on a parameter, so JMH by itself runs the values of {@code Param} only; the command {@code bench} runs
 * all of them and starts each fork with the options that its values need.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@Repeatable(Further.All.class)
public @interface Further {

    String value();

    /** The only value of another parameter that goes with it, as {@code NAME=VALUE}; empty where all do. */
    String with() default "";

    /** Options that the JVM has when the parameter has this value, and has not when it has another one. */
    String[] jvmOptions();

    /**
     * The only release of the JDK that it runs on; 0 where it runs on all. A value may stand twice, with a release and
     * without: on that release the one with it counts, elsewhere the other.
     */
    int release() default 0;

    /** Several of them. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    @interface All {
        Further[] value();
    }
}
