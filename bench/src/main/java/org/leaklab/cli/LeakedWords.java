package org.leaklab.cli;

import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.Verdict;

/**
 * Says what a cause and a verdict mean together, in words as strong as the proof.
 *
 * <p>Any code can list the platform threads of its process, and interrupt each. So of a platform thread it is never
 * said that nothing can interrupt it.
 */
final class LeakedWords {

    private LeakedWords() {}

    /** Returns the word for a verdict, with its colour in the notation of picocli. */
    static String verdict(Verdict verdict) {
        return switch (verdict) {
            case CERTAIN -> "@|red certain|@";
            case UNLESS_INTERRUPTED -> "@|yellow unless interrupted|@";
        };
    }

    /** Returns one or two sentences that fit into 95 columns. */
    static String meaning(LeakedGroup group) {
        boolean one = group.count() == 1;
        if (group.mayBeHeldUnseen() && group.cause() == Cause.UNREACHABLE) {
            return "Nothing is seen to reach what " + (one ? "it waits" : "they wait")
                    + " on, but something out of sight could have it.";
        }
        if (group.cause() == Cause.UNREACHABLE) {
            String reach = "Nothing alive can reach what " + (one ? "it waits" : "they wait") + " on";
            return switch (group.verdict()) {
                case CERTAIN ->
                    reach + ", nor the " + (one ? "thread" : "threads")
                            + (group.virtual() ? "." : ", but by a list of all threads.");
                case UNLESS_INTERRUPTED -> reach + ". Only an interrupt could end the wait.";
            };
        }
        String owner = switch (group.cause()) {
            case CLASS_INITIALIZATION -> "The thread that initializes this class can never go on";
            case DEADLOCK,
                    UNREACHABLE,
                    LEFT_BEHIND -> // only a suite of tests says "left behind", and it has its own words
                (one ? "It waits" : "Each waits") + " for a thread that has ended or can never go on";
        };
        if (group.mayBeHeldUnseen()) {
            return owner + ", as far as this dump tells.";
        }
        return owner
                + switch (group.verdict()) {
                    case CERTAIN ->
                        group.virtual() ? ". Nothing alive can end this." : ". Nothing in the dump can end this.";
                    case UNLESS_INTERRUPTED -> ". Only an interrupt could end the wait.";
                };
    }
}
