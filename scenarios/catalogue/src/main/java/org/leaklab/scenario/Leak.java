package org.leaklab.scenario;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.leaklab.core.ThreadKind;

/**
 * What is expected of a {@link Scenario}, as data: the lab holds every run against it, and lists, pages and benchmarks
 * are made from it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Leak {

    /** Its name on the command line, in lower case with hyphens. */
    String id();

    /** What its threads get stuck on. */
    Family family();

    /** How many threads one leaky run leaves stuck; the fixed run leaves none. */
    int stuck();

    /** How they spend their time. */
    Waits waits() default Waits.PARKED;

    /**
     * Where they are stuck: methods, as {@code SimpleClass.method} (nested: {@code Outer.Nested.method}), one of which
     * is on the stack of every stuck thread. Empty only where nothing gets stuck.
     */
    String[] at() default {};

    /** What ends them. */
    EndedBy endedBy() default EndedBy.INTERRUPT;

    /** Whether the leaky run comes to a {@link WrongAnswer}. */
    boolean wrongAnswer() default false;

    /** Why it goes wrong, in one sentence. */
    String cause();

    /** The cure, as a rule, in one sentence. */
    String cure();

    /** Where the number differs by JDK or kind of thread. */
    Differs[] differs() default {};

    /** JVM options without which it cannot be shown or would harm others; it then runs in a JVM of its own. */
    String[] ownJvm() default {};

    /** A number of stuck threads that holds for some JDKs and one kind of thread. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Differs {
        /** First feature release of the JDK for which this holds. */
        int from() default 21;

        /** Last feature release for which this holds. */
        int to() default Integer.MAX_VALUE;

        /** The kinds of thread for which this holds. */
        ThreadKind[] threads() default {ThreadKind.PLATFORM, ThreadKind.VIRTUAL};

        /** How many threads one leaky run leaves stuck there. */
        int stuck();

        /** Why. */
        String why();
    }
}
