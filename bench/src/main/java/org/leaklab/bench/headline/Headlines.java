package org.leaklab.bench.headline;

import java.util.List;
import org.leaklab.bench.collector.CollectorHeadlines;
import org.leaklab.bench.core.CoreHeadlines;
import org.leaklab.bench.detection.DetectionHeadlines;
import org.leaklab.bench.latency.LatencyHeadlines;
import org.leaklab.bench.memory.MemoryHeadlines;
import org.leaklab.bench.overhead.OverheadHeadlines;
import org.leaklab.bench.scenario.ScenarioHeadlines;
import org.leaklab.bench.scheduling.SchedulingHeadlines;
import org.leaklab.results.HeadlineMeasures;

/** The headline measures of all groups of benchmarks, in the order in which they are to be read. */
public final class Headlines {

    private Headlines() {}

    /** All of them; a group that declares none is compared by its primary metrics. */
    public static List<HeadlineMeasures> all() {
        return List.of(
                new CoreHeadlines(),
                new ScenarioHeadlines(),
                new MemoryHeadlines(),
                new CollectorHeadlines(),
                new SchedulingHeadlines(),
                new LatencyHeadlines(),
                new OverheadHeadlines(),
                new DetectionHeadlines());
    }
}
