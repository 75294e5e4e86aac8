package org.leaklab.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import example.Metrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about monitoring names each gauge that its program binds. */
class MonitoringPageTest {

    private static final Path PAGE = Path.of("../../../docs/monitoring.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(leaklab\\.[a-z.]+)` \\| `([a-z_]+)` \\|");

    @Test
    void eachGaugeIsNamed() throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Set<String> gauges = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        try (Metrics metrics = Metrics.bind(registry)) {
            registry.getMeters().stream()
                    .map(Meter::getId)
                    .map(Meter.Id::getName)
                    .forEach(gauges::add);
            Matcher row = ROW.matcher(Files.readString(PAGE));
            while (row.find()) {
                named.add(row.group(1));
                assertThat(registry.scrape()).contains("\n" + row.group(2));
            }
        }
        assertThat(named).isEqualTo(gauges);
        assertThat(registry.getMeters()).as("closed").isEmpty();
    }
}
