package org.leaklab.exercise.trial;

import java.io.Serializable;
import java.util.List;

/** How a round ended. */
public sealed interface Ending extends Serializable {

    /** The work did what it should, ended, and left nothing. */
    record Right() implements Ending {}

    /** The work ended with a wrong answer; says what the check says. */
    record WrongAnswer(String says) implements Ending {}

    /** The thread that ran the work ended with an exception. */
    record Threw(String exception, String at) implements Ending {}

    /**
     * No thread is left that could wake these: each thread of the program waits without limit, and no timer is set.
     *
     * @param returned whether the work itself had returned
     */
    record Stuck(List<SeenThread> threads, boolean returned) implements Ending {}

    /** These threads had not ended in time, and it is not proven that they never will. */
    record Late(List<SeenThread> threads, boolean returned, long millis) implements Ending {}

    /** More threads in one round than anybody needs. */
    record TooManyThreads(int limit) implements Ending {}

    /** The work started fewer threads by its factory than the task asks for. */
    record TooFewThreads(int started, int wanted) implements Ending {}

    /** The work called {@code System.exit} or the like. */
    record Exits(String at) implements Ending {}

    /** A test did not fail on the class that leaks. */
    record TestPassesOnLeaky() implements Ending {}

    /** A test does not end on the class that leaks. */
    record TestHangsOnLeaky(List<SeenThread> threads) implements Ending {}

    /** A test failed on the class that is right. */
    record TestFailsOnFixed(String exception, String at) implements Ending {}
}
