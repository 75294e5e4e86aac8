package org.leaklab.spring;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.Finding;
import org.leaklab.micrometer.Census;
import org.leaklab.serve.SharedProbe;

/**
 * What the endpoint says: the threads of the JVM now, and the last probe.
 *
 * @param scope says which threads were counted, and how to see the others
 * @param platform numbers of platform threads
 * @param virtual numbers of virtual threads
 * @param unseen what could not be seen, and why
 * @param probe the last probe, or null if there was none yet
 */
public record ThreadLeaks(
        String scope,
        Numbers platform,
        Numbers virtual,
        List<String> unseen,
        @Nullable LastProbe probe) {

    /** Creates an answer with a copy of the list. */
    public ThreadLeaks {
        unseen = List.copyOf(unseen);
    }

    /**
     * Numbers of threads of one kind, with the meaning of {@link org.leaklab.micrometer.Census.Numbers}. A number that
     * cannot be seen is null.
     *
     * @param live threads that have started and not ended
     * @param parked those that wait without a limit of time
     * @param stuck those in a deadlock
     */
    public record Numbers(
            @Nullable Integer live,
            @Nullable Integer parked,
            @Nullable Integer stuck) {

        private static Numbers of(Census.Numbers numbers) {
            return new Numbers(orNull(numbers.live()), orNull(numbers.parked()), orNull(numbers.stuck()));
        }

        private static @Nullable Integer orNull(OptionalInt number) {
            return number.isPresent() ? (Integer) number.getAsInt() : null;
        }
    }

    /**
     * What a probe found. If it failed, only {@code failure} and the times say something.
     *
     * @param at when it ended
     * @param ageSeconds time since then
     * @param failure why it says nothing; null if it does
     * @param found what it found; null if it failed
     */
    public record LastProbe(
            Instant at,
            long ageSeconds,
            @Nullable String failure,
            @Nullable Found found) {}

    /**
     * What a probe found, with the words of {@link Finding}.
     *
     * @param scope says which threads the probe looked at
     * @param method says how it found leaked threads, and where their stacks come from
     * @param leaked number of threads that wait for what nothing alive can reach
     * @param unlessInterrupted number of those that something alive could still interrupt; the others can never be
     *     woken
     * @param suspects number of threads that are perhaps leaked
     * @param alive number of threads that are not leaked
     * @param unknown number of threads that it could not judge, by reason
     * @param notes what the probe could not see, and why
     * @param groups the leaked threads, the largest group first
     * @param suspectGroups the suspects, the largest group first
     */
    public record Found(
            String scope,
            String method,
            int leaked,
            int unlessInterrupted,
            int suspects,
            int alive,
            Map<String, Integer> unknown,
            List<String> notes,
            List<LeakedGroup> groups,
            List<LeakedGroup> suspectGroups) {

        /** Creates one with copies of the lists and of the map. */
        public Found {
            unknown = Map.copyOf(unknown);
            notes = List.copyOf(notes);
            groups = List.copyOf(groups);
            suspectGroups = List.copyOf(suspectGroups);
        }

        private static Found of(Finding finding) {
            return new Found(
                    finding.scope(),
                    finding.method(),
                    finding.threads().size(),
                    finding.unlessInterrupted().size(),
                    finding.suspects().size(),
                    finding.alive(),
                    finding.unknown(),
                    finding.notes(),
                    LeakedGroup.of(finding.threads()),
                    LeakedGroup.of(finding.suspects()));
        }
    }

    static ThreadLeaks of(Census census, SharedProbe.@Nullable Result last) {
        return new ThreadLeaks(
                census.scope(),
                Numbers.of(census.platform()),
                Numbers.of(census.virtual()),
                census.unseen(),
                last == null ? null : probe(last));
    }

    private static LastProbe probe(SharedProbe.Result last) {
        Finding finding = last.failure() == null ? last.finding() : null;
        return new LastProbe(
                last.at(), last.age().toSeconds(), last.failure(), finding == null ? null : Found.of(finding));
    }
}
