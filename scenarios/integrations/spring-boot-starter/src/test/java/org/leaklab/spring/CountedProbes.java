package org.leaklab.spring;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.leaklab.detect.Reachability;
import org.leaklab.serve.SharedProbe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The probe of all virtual threads, with a count of how often it ran. */
@Configuration(proxyBeanMethods = false)
class CountedProbes {

    static final class Count extends AtomicInteger {
        private static final long serialVersionUID = 1;
    }

    @Bean
    Count count() {
        return new Count();
    }

    @Bean
    SharedProbe probe(Count count) {
        Reachability detector = Reachability.ofAllVirtualThreads(Duration.ofSeconds(30));
        return new SharedProbe(
                () -> {
                    count.incrementAndGet();
                    return detector.probe();
                },
                Duration.ofHours(1));
    }
}
