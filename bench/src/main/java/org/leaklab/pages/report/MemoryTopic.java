package org.leaklab.pages.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.leaklab.bench.memory.MemorySeries;
import org.leaklab.bench.memory.Slope;

/**
 * Bytes a stuck thread. {@link MemoryLine} is what was measured, {@link MemoryFigure} the chart and the table of it,
 * and {@link MemoryFindings} what it shows.
 */
final class MemoryTopic {

    private MemoryTopic() {}

    static Optional<Section> section(Results results) {
        Jdks jdks = results.jdks();
        List<MemorySeries> all = MemorySeries.of(results.all().toList());
        List<MemoryLine> lines = MemoryLine.of(all, jdks);
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section(
                        "memory",
                        "Memory a stuck thread",
                        about(all, all.size() - lines.size()),
                        new MemoryFindings(jdks, lines).sentences(),
                        List.of(MemoryFigure.of(lines))));
    }

    private static List<String> about(List<MemorySeries> all, int withoutSlope) {
        List<String> about = new ArrayList<>();
        about.add("Bytes that one more stuck thread keeps: the slope of a line through populations of several sizes, "
                + "with its 95 % interval; open circles are single populations, their bytes by their threads. For "
                + "virtual threads it is live heap, where their stacks are; for platform threads resident memory. "
                + "A * says that a straight line does not describe them.");
        if (all.stream().anyMatch(series -> series.holder().startsWith("launcher"))) {
            about.add("Threads that a launcher of leaklab holds have its record of them in their bytes.");
        }
        if (withoutSlope > 0) {
            about.add(Numbers.count(withoutSlope, "way") + " of being stuck had populations of fewer than "
                    + Slope.FEWEST_SIZES + " sizes, and so no slope.");
        }
        return about;
    }
}
