package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.Circle;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.Findings.ThreadName;
import org.leaklab.heapdump.Findings.Verdict;
import picocli.CommandLine.Help.Ansi;

/** What {@code detect} prints for people shows every list, and says no more than is proven. */
@Tag("once")
class DetectTextTest {

    private static String text(Findings found, boolean why) {
        return DetectText.of(found, "process 7", Ansi.OFF, why).replace(System.lineSeparator(), "\n");
    }

    @Test
    void everyListIsPrintedInTheOrderOfProof() {
        String text = text(MadeUpFindings.full(), false);
        assertThat(text)
                .containsSubsequence(
                        "1 virtual thread, deadlock, certain\n",
                        "    It waits for a thread that has ended or can never go on. Nothing alive can end this.\n",
                        "    owner     seller #32\n",
                        "CIRCLE: 2 threads.",
                        "SUSPECTS: 1 thread may be stuck. This is no proof.\n",
                        "1 platform thread, pool-starvation\n",
                        "    because   " + MadeUpFindings.WORDS + "\n",
                        "    name      worker-1 #41\n",
                        "WAITING: 7 threads wait without limit for what may still happen.\n",
                        "    name      waiter-0 #50\n",
                        "    held by   static Pools.POOL → Pool.idle → Idle.notEmpty\n",
                        "    at        Shop.buy(Shop.java:12)\n",
                        "... and 2 more groups: --why shows all\n",
                        "UNKNOWN: 8 threads cannot be judged.",
                        "    because   no frame shows its monitor\n",
                        "    names     unknown-0 #70, unknown-1 #71, unknown-2 #72, unknown-3 #73, unknown-4 #74, and 3 more\n",
                        "a note of the dump\n")
                .endsWith(
                        "process 7, JDK 25.0.3: 1 leaked thread in 1 group, 1 suspect, 8 unknown; 9 wait without limit\n")
                .doesNotContain("waiter-5", "unknown-5");
    }

    @Test
    void whyShowsAllOfThem() {
        assertThat(text(MadeUpFindings.full(), true))
                .contains("waiter-0 #50", "waiter-6 #56", "unknown-0 #70", "unknown-7 #77")
                .containsSubsequence("unknown-7", "    at Shop.buy(Shop.java:12)\n")
                .doesNotContain("--why");
    }

    @Test
    void aCircleIsDrawn() {
        assertThat(text(MadeUpFindings.full(), false)).contains("""
                CIRCLE: 2 threads. Each waits for the next, the last for the first.
                    +-> stuck-31 #31
                    |       holds    java.util.concurrent.locks.ReentrantLock$NonfairSync
                    |       wants    java.lang.Object
                    |       held by  stuck-32 #32
                    |       at       Shop.buy(Shop.java:12)
                    |   stuck-32 #32
                    |       holds    java.lang.Object
                    |       wants    java.util.concurrent.locks.ReentrantLock$NonfairSync
                    |       held by  stuck-31 #31
                    |       at       Shop.buy(Shop.java:12)
                    +-- stuck-31 #31
                """);
    }

    @Test
    void aLargeCircleHasItsMiddleLeftOut() {
        List<String> lines = CirclePicture.of(new Circle(IntStream.range(0, 1000)
                .mapToObj(i -> MadeUpFindings.link(i + 1, (i + 1) % 1000 + 1, "java.lang.Object"))
                .toList()));
        assertThat(lines)
                .hasSizeLessThan(70)
                .contains("    |   ... 988 more", "    |   stuck-6 #6", "    |   stuck-995 #995");
        assertThat(lines.getLast()).isEqualTo("    +-- stuck-1 #1");
    }

    @Test
    void aThreadThatWaitsForItself() {
        assertThat(CirclePicture.of(new Circle(List.of(MadeUpFindings.link(5, 5, "the end of stuck-5")))))
                .contains(": a thread waits for itself.", "    |       wants    the end of stuck-5")
                .noneMatch(line -> line.contains("holds"));
    }

    /** Any code can list the platform threads, and interrupt them. */
    @Test
    void wordsAreAsStrongAsTheProof() {
        for (Cause cause : Cause.values()) {
            for (Verdict verdict : Verdict.values()) {
                for (boolean virtual : new boolean[] {false, true}) {
                    for (int count : new int[] {1, 2}) {
                        LeakedGroup group = MadeUpFindings.group(count, virtual, cause, verdict);
                        String words = LeakedWords.meaning(group);
                        assertThat("    " + words).hasSizeLessThanOrEqualTo(100);
                        assertThat(words.contains("an interrupt could"))
                                .isEqualTo(verdict == Verdict.UNLESS_INTERRUPTED);
                        if (!virtual) {
                            assertThat(words)
                                    .doesNotContain("end of the process")
                                    .doesNotContain("Nothing alive can end");
                        }
                    }
                }
            }
        }
        assertThat(LeakedWords.meaning(MadeUpFindings.group(2, false, Cause.CLASS_INITIALIZATION, Verdict.CERTAIN)))
                .startsWith("The thread that initializes this class can never go on.");
        assertThat(LeakedWords.meaning(MadeUpFindings.group(2, false, Cause.UNREACHABLE, Verdict.CERTAIN)))
                .isEqualTo("Nothing alive can reach what they wait on, nor the threads, but by a list of all threads.");
    }

    @Test
    void anOwnerCanHaveEnded() {
        LeakedGroup group = MadeUpFindings.group(1, true, Cause.DEADLOCK, Verdict.CERTAIN);
        assertThat(DetectLines.leaked(group, Collections.singletonList(null)))
                .contains("    owner     a thread that has ended");
        assertThat(DetectLines.leaked(group, Arrays.asList(new ThreadName(0, ""), new ThreadName(3, "b"))))
                .contains("    owners    (unnamed), b #3");
    }

    @Test
    void aLongWayHasAStepOnEachLine() {
        List<String> way = new ArrayList<>(Collections.nCopies(6, "java.util.concurrent.ThreadPoolExecutor.workers"));
        assertThat(DetectLines.heldBy(way)).hasSize(6).allMatch(line -> line.length() <= 100);
        assertThat(DetectLines.heldBy(way.subList(0, 2))).hasSize(1);
        assertThat(DetectLines.heldBy(List.of())).isEmpty();
        assertThat(DetectLines.heldBy(Collections.nCopies(40, way.getFirst())))
                .hasSize(13)
                .anyMatch(line -> line.endsWith("... 28 more"));
    }

    @Test
    void emptyListsHaveNoHeadline() {
        assertThat(text(MadeUpFindings.only(List.of(), List.of()), true))
                .doesNotContain("SUSPECTS", "WAITING", "UNKNOWN", "CIRCLE")
                .endsWith("process 7, JDK 25.0.3: no leaked thread, 0 suspects, 0 unknown; 9 wait without limit\n");
    }
}
