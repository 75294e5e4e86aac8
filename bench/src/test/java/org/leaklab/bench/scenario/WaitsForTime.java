package org.leaklab.bench.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Cycle;

/**
 * Runs lives of cells and tells, from what the JVM records, how many waits with a limit were waited out in the lives of
 * each: a sleep that nobody cut short, a park or a wait whose time ran out. The cycle's own look, which waits for the
 * end of threads and looks again after 10 ms, does not count.
 */
final class WaitsForTime {

    /** Each cell lives so often. */
    static final int LIVES = 3;

    private static final String LIMIT = "timeout";
    private static final String LOOK = "org.leaklab.core.live.Ends";
    private static final Duration SHORTEST = Duration.ofNanos(300_000);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private record Lives(Cell cell, Instant began, Instant ended) {
        boolean hold(RecordedEvent event) {
            return !event.getStartTime().isBefore(began) && event.getStartTime().isBefore(ended);
        }
    }

    private WaitsForTime() {}

    /** How many there were in all lives of each cell. */
    static Map<Cell, Integer> of(List<Cell> cells) throws Exception {
        List<Lives> lives = new ArrayList<>();
        Path file = Files.createTempFile("lives", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ThreadSleep").withThreshold(SHORTEST);
            recording.enable("jdk.ThreadPark").withThreshold(SHORTEST).withStackTrace();
            recording.enable("jdk.JavaMonitorWait").withThreshold(SHORTEST);
            recording.start();
            for (Cell cell : cells) {
                Cycle cycle = new Cycle(cell);
                cycle.run();
                Instant began = Instant.now();
                for (int i = 0; i < LIVES; i++) {
                    cycle.run();
                }
                lives.add(new Lives(cell, began, Instant.now()));
            }
            recording.stop();
            recording.dump(file);
            return count(lives, file);
        } finally {
            Files.delete(file);
        }
    }

    private static Map<Cell, Integer> count(List<Lives> lives, Path file) throws IOException {
        Map<Cell, Integer> counts = new HashMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (isWaitedOut(event)) {
                lives.stream()
                        .filter(those -> those.hold(event))
                        .forEach(those -> counts.merge(those.cell, 1, Integer::sum));
            }
        }
        return counts;
    }

    private static boolean isWaitedOut(RecordedEvent event) {
        Duration limit = event.getDuration(event.hasField(LIMIT) ? LIMIT : "time");
        return limit.compareTo(SHORTEST) > 0
                && limit.compareTo(LONGEST) < 0
                && event.getDuration().compareTo(limit) >= 0
                && (event.getStackTrace() == null
                        || event.getStackTrace().getFrames().stream()
                                .noneMatch(frame ->
                                        frame.getMethod().getType().getName().equals(LOOK)));
    }
}
