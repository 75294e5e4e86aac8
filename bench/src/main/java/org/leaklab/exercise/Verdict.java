package org.leaklab.exercise;

import java.util.List;

/** What the judge says of an answer. */
public sealed interface Verdict {

    /** The exit code for it: 0 right, 1 not yet, 2 it cannot be judged. */
    int exitCode();

    /** What is said, a line each; the first is the sentence that says it all. */
    List<String> lines();

    /** The answer is right. */
    record Right(List<String> lines) implements Verdict {

        /** Copies the lines. */
        public Right {
            lines = List.copyOf(lines);
        }

        @Override
        public int exitCode() {
            return 0;
        }
    }

    /** The answer is not right yet. */
    record NotYet(List<String> lines) implements Verdict {

        /** Copies the lines. */
        public NotYet {
            lines = List.copyOf(lines);
        }

        @Override
        public int exitCode() {
            return 1;
        }
    }

    /** The answer cannot be judged, for a reason that is not the learner's answer. */
    record CannotJudge(String why) implements Verdict {

        @Override
        public int exitCode() {
            return 2;
        }

        @Override
        public List<String> lines() {
            return List.of(why);
        }
    }
}
