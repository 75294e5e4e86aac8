package org.leaklab.heapdump.suite;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.leaklab.core.ThreadKind;

/** A static method that takes a {@link Stage} and starts labelled threads on it. */
@Retention(RetentionPolicy.RUNTIME)
@interface Shape {

    /** Over which kinds of thread it makes sense. */
    ThreadKind[] kinds() default {ThreadKind.PLATFORM, ThreadKind.VIRTUAL};

    /** From which Java release on it means what its labels say. */
    int since() default 21;

    /** Whether one copy is all that a JVM has room for, for it is about a class or keeps a carrier. */
    boolean once() default false;
}
