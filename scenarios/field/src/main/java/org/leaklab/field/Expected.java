package org.leaklab.field;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what {@code detect} should find in a {@link Program}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Expected {

    /** The answer about each thread whose name begins with {@link Threads#STUCK}. */
    Answer value();

    /** How many such threads there are. */
    int stuck() default 0;

    /** What the program is made after, for example {@code caffeine #712}; or what it does. */
    String after();

    /** Whether it runs once with each kind of thread, and not with platform threads alone. */
    boolean bothKinds() default false;
}
