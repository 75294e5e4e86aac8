package example;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.leaklab.detect.Reachability;
import org.leaklab.micrometer.ProbeTimer;
import org.leaklab.micrometer.ThreadLeakMetrics;
import org.leaklab.serve.SharedProbe;

public class Metrics {
    public static ProbeTimer bind(MeterRegistry registry) {
        SharedProbe probe = new SharedProbe(Reachability.ofAllVirtualThreads()::probe, Duration.ofSeconds(60));
        new ThreadLeakMetrics(probe).bindTo(registry);
        // Collects garbage each time. Without it no probe runs, until your program asks the SharedProbe.
        return ProbeTimer.start(probe, Duration.ofMinutes(15));
    }
}
