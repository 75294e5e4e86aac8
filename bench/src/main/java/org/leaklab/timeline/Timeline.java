package org.leaklab.timeline;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * What the threads of a scenario's leaky form did until nothing moved any more.
 *
 * @param scenario its id
 * @param idiom the word for it
 * @param threads the word for their kind
 * @param jdk version of the JDK, as in 25.0.3+9
 * @param lanes the threads, in the order in which they were first seen
 * @param steps what they did, in the order in which it was recorded
 */
public record Timeline(String scenario, String idiom, String threads, String jdk, List<Lane> lanes, List<Step> steps) {

    /** Copies the lists. */
    public Timeline {
        lanes = List.copyOf(lanes);
        steps = List.copyOf(steps);
    }

    /**
     * A thread.
     *
     * @param thread its name; the thread that ran the form is called main
     * @param end how it was when all was recorded: {@value #RETURNED}, {@value #ENDED}, or its state
     * @param line where it was in the source of the scenario; 0 if it was not there
     */
    public record Lane(String thread, String end, int line) {

        /** The thread that ran the form has left it. */
        public static final String RETURNED = "returned";

        /** The thread has ended. */
        public static final String ENDED = "ended";

        /** Whether the thread had not ended. */
        public boolean wasLeft() {
            return !end.equals(RETURNED) && !end.equals(ENDED);
        }
    }

    /**
     * Something that a thread did.
     *
     * @param lane which thread, from 0 on
     * @param of what it called, or whom it started; the exception that ended it; empty if there is nothing to name
     * @param line where, in the source of the scenario; 0 if that is not known
     * @param times how many times it did so, one after the other, before anybody did something else
     */
    public record Step(int lane, What what, String of, int line, int times) {}

    /** What a step is. */
    public enum What {
        /** It starts another thread. */
        STARTS("starts"),
        /** It begins to run, and nobody was seen to start it: a factory has made it. */
        BEGINS("begins"),
        /** It calls something, and comes back before anything else is recorded. */
        CALLS("calls"),
        /** It calls something, and does not come back before something else is recorded. */
        GOES_INTO("goes into"),
        /** It comes back from what it went into. */
        COMES_BACK("comes back"),
        /** It was found to have left what it went into by an exception, which it has caught. */
        THREW("threw"),
        /** It has ended. */
        ENDS("ends"),
        /** It goes on, and is recorded no more. */
        GOES_ON("goes on");

        private final String word;

        What(String word) {
            this.word = word;
        }

        /** The word for it in results. */
        @JsonValue
        public String word() {
            return word;
        }
    }
}
