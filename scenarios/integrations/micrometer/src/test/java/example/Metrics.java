package example;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.leaklab.detect.Reachability;
import org.leaklab.micrometer.ProbeTimer;
import org.leaklab.micrometer.ThreadLeakMetrics;
import org.leaklab.serve.SharedProbe;

public record Metrics(ThreadLeakMetrics gauges, ProbeTimer timer) implements AutoCloseable {
    public static Metrics bind(MeterRegistry registry) {
        SharedProbe probe = new SharedProbe(Reachability.ofAllVirtualThreads()::probe, Duration.ofSeconds(60));
        ThreadLeakMetrics gauges = new ThreadLeakMetrics(probe);
        gauges.bindTo(registry);
        // Collects garbage each time. Without it no probe runs, until your program asks the SharedProbe.
        return new Metrics(gauges, ProbeTimer.start(probe, Duration.ofMinutes(15)));
    }

    @Override
    public void close() {
        timer.close();
        gauges.close(); // a registry that lives on would keep them, and show them instead of the next ones
    }
}
