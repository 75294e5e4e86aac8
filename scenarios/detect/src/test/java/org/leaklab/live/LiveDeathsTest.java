package org.leaklab.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.leaklab.live.LiveTargets.probe;
import static org.leaklab.live.LiveTargets.sets;
import static org.leaklab.live.LiveTargets.target;
import static org.leaklab.live.LiveTargets.until;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.leaklab.heapdump.testing.ChildJvm;

/**
 * Kills those who take part in a probe at random moments. After each death every thread of the program must be in its
 * set, with the handler that it had; at the end all of them can be woken, and a probe finds what it should.
 *
 * <p>{@code scripts/live-deaths} does this 50 times on each JDK.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES) // for so many
class LiveDeathsTest {

    private static final String[] PLANTS = {"root", "handler", "executor", "own executor", "scope"};
    private static final int LEAKED = 26;

    /** How often somebody dies; 0 for as often as a test has time for. */
    private static final int DEATHS = Integer.getInteger("leaklab.live.deaths", 0);

    private static final long SEED = Long.getLong("leaklab.live.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    /** A process that probes, to be killed. */
    static final class Attacher {

        private Attacher() {}

        public static void main(String[] arguments) throws IOException {
            LiveProbe.attach(Long.parseLong(arguments[0]), null).probe(ProbeOptions.DEFAULT);
        }
    }

    @Test
    void whoAttachesMayBeKilledAtAnyTime() throws Exception {
        int deaths = DEATHS == 0 ? 6 : DEATHS;
        Path temporary = Files.createTempDirectory("live-deaths");
        String option = "-Djava.io.tmpdir=" + temporary;
        int late = 0;
        try (ChildJvm target = target(List.of(option), PLANTS)) {
            String before = sets(target);
            probe(target); // opens the attach socket: a first attach that is killed would leave a file behind
            long start = System.nanoTime();
            assertThat(attacher(option, target).waitFor()).isZero();
            long whole = System.nanoTime() - start;
            for (int died = 0; died < deaths; ) {
                Process attacher = attacher(option, target);
                if (attacher.waitFor(random.nextLong(whole), TimeUnit.NANOSECONDS)) {
                    late++;
                } else {
                    attacher.destroyForcibly().waitFor(); // SIGKILL
                    died++;
                }
                assertThat(sets(target))
                        .as("after death %s, seed %s", died, SEED)
                        .isEqualTo(before);
            }
            assertThat(probe(target).leaked()).hasSize(LEAKED);
            assertThat(names(temporary)).noneMatch(name -> name.startsWith("leaklab-live-"));
            wake(target);
        } finally {
            delete(temporary);
        }
        System.out.println("seed " + SEED + ", JDK " + Runtime.version() + ": killed who attaches " + deaths
                + " times, and " + late + " times too late; nothing lost");
    }

    private static Process attacher(String option, ChildJvm target) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Attacher.class.getName(),
                        Long.toString(target.pid()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The probe ends at one of its steps, as if its thread had died. The watchdog takes five seconds each time. */
    @Test
    void theProbeMayDieAtAnyTime() throws Exception {
        int deaths = DEATHS == 0 ? 2 : DEATHS;
        try (ChildJvm target = target(List.of("-Dleaklab.live.failures=true"), PLANTS)) {
            String before = sets(target);
            long steps = steps(target);
            int late = 0;
            for (int died = 0; died < deaths; ) {
                long step = 1 + random.nextLong(steps);
                try {
                    LiveProbe.attach(target.pid(), null).probe(ProbeOptions.DEFAULT, "end at sign " + step);
                    late++; // it did not need so many steps this time
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("watchdog");
                    died++;
                }
                assertThat(sets(target))
                        .as("after step %s of %s, seed %s", step, steps, SEED)
                        .isEqualTo(before);
            }
            assertThat(probe(target).leaked()).hasSize(LEAKED);
            wake(target);
            System.out.println("seed " + SEED + ", JDK " + Runtime.version() + ": killed the probe " + deaths
                    + " times at one of " + steps + " steps, and " + late + " times too late; nothing lost");
        }
    }

    /** How many steps a probe takes, or a few more or less. */
    private static long steps(ChildJvm target) throws IOException {
        String[] steps = new String[1];
        LiveProbe probe = LiveProbe.attach(target.pid(), null);
        assertThatThrownBy(() -> probe.probe(ProbeOptions.DEFAULT, "count signs"))
                .isInstanceOf(ProbeRefusedException.class)
                .satisfies(e -> steps[0] = e.getMessage());
        return Long.parseLong(steps[0]);
    }

    /** Ends all but the leaked ones: those that something holds, and those of the executor. */
    private static void wake(ChildJvm target) throws IOException {
        target.ask("wake");
        until(target, "held", "0");
        target.ask("shut down now");
        until(target, "terminated", "true");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
