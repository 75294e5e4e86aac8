package org.leaklab.exercise;

import java.util.List;

/**
 * One exercise.
 *
 * @param id its name in lists and on the command line
 * @param level from 1, easy, to 3
 * @param scenario id of the scenario of the catalogue that has the same mistake
 * @param needs what the learner should know, in a sentence
 * @param cancels whether the work is also judged by how it ends when it is interrupted
 * @param threads how many threads the work must start by its factory
 * @param className the class that the learner gets, which is also the name of its file
 * @param source the file as the learner gets it
 * @param check the class that runs the work; empty for a program that runs by itself
 * @param choices what the learner may choose from; empty if there is nothing to choose
 * @param hints where to look, what is wrong, the rule, the cure
 * @param solution a right answer
 * @param wrong plausible wrong answers
 */
public record Exercise(
        String id,
        String title,
        Track track,
        int level,
        Kind kind,
        String scenario,
        String needs,
        boolean cancels,
        int threads,
        String className,
        String source,
        String check,
        List<Choice> choices,
        List<String> hints,
        Attempt solution,
        List<Attempt> wrong) {

    /** How many hints there are, from a place to look to the cure. */
    public static final int HINTS = 4;

    /** Copies the lists. */
    public Exercise {
        choices = List.copyOf(choices);
        hints = List.copyOf(hints);
        wrong = List.copyOf(wrong);
    }

    /**
     * One thing that may happen.
     *
     * @param letter what the learner writes
     * @param stuck the names of the threads that are stuck then
     */
    public record Choice(String letter, List<String> stuck, String text) {

        /** Copies the list. */
        public Choice {
            stuck = List.copyOf(stuck);
        }
    }

    /** The name of the learner's file. */
    public String fileName() {
        return className + ".java";
    }
}
