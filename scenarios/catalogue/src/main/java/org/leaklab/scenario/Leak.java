package org.leaklab.scenario;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.leaklab.core.ThreadKind;

/**
 * The expected outcome of a {@link Scenario}, as data. The lab compares each run with it. Lists, pages and benchmarks
 * are made from it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Leak {

    /**
     * The name of the scenario on the command line, in lower case with hyphens. At most one scenario of each idiom has
     * it.
     */
    String id();

    /** What the scenario is written with. */
    Idiom idiom() default Idiom.CHANNEL;

    /** What the threads get stuck on. */
    Family family();

    /** How many threads one run of the leaky form leaves stuck. The fixed form leaves none. */
    int stuck();

    /** How the stuck threads spend their time. */
    Waits waits() default Waits.PARKED;

    /**
     * Where the threads are stuck: a list of methods, written {@code SimpleClass.method} or
     * {@code Outer.Nested.method}. The stack of every stuck thread contains at least one of them. Empty only if no
     * thread gets stuck.
     */
    String[] at() default {};

    /** How the lab ends the threads. */
    EndedBy endedBy() default EndedBy.INTERRUPT;

    /** Whether the leaky form throws a {@link WrongAnswer}. */
    boolean wrongAnswer() default false;

    /** Why the leaky form goes wrong, in one sentence. */
    String cause();

    /** The rule that avoids the leak, in one sentence. */
    String cure();

    /**
     * Public reports of programs that had this leak, each written {@code owner/repository#number}. An id with several
     * idioms has them in one of its classes.
     */
    String[] seenIn() default {};

    /** Why no honest form with the JDK's classes exists, in one sentence; empty if there is one. */
    String noJdkForm() default "";

    /** How it differs from a scenario that looks almost the same, in one sentence that begins with the other's id. */
    String unlike() default "";

    /**
     * Why no detector reports its threads as leaked or suspect, on some JDK or kind of thread, and whether one could;
     * empty if one always does.
     */
    String notReported() default "";

    /** Where the number of stuck threads depends on the JDK or on the kind of thread. */
    Differs[] differs() default {};

    /**
     * JVM options that the scenario needs. If there are any, or if the threads are {@linkplain EndedBy#JVM ended with
     * their JVM}, the lab runs the scenario in a JVM of its own.
     */
    String[] ownJvm() default {};

    /**
     * How many threads get stuck on some JDKs and kinds of thread. It replaces {@link Leak#stuck()} there. If several
     * apply, the first one counts.
     */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Differs {
        /** The first feature release of the JDK that this applies to. */
        int from() default 21;

        /** The last feature release of the JDK that this applies to. */
        int to() default Integer.MAX_VALUE;

        /** The kinds of thread that this applies to. */
        ThreadKind[] threads() default {ThreadKind.PLATFORM, ThreadKind.VIRTUAL};

        /** How many threads one run of the leaky form leaves stuck there. */
        int stuck();

        /** The reason, in one sentence. */
        String why();
    }
}
