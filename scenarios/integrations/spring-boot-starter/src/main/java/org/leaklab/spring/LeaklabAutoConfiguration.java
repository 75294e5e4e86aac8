package org.leaklab.spring;

import java.util.Objects;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSource;
import org.leaklab.micrometer.ProbeTimer;
import org.leaklab.micrometer.SharedCensus;
import org.leaklab.micrometer.ThreadLeakMetrics;
import org.leaklab.serve.SharedHealth;
import org.leaklab.serve.SharedProbe;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Makes the endpoint, the health and the metrics. They share one probe, one look for deadlocks and one count of
 * threads. An application that declares a bean of one of these types has its own instead. If it declares several
 * probes, and none of them is the primary one, there is no timer, no endpoint, and no gauge about a probe.
 */
@AutoConfiguration
@EnableConfigurationProperties(LeaklabProperties.class)
public final class LeaklabAutoConfiguration {

    /** Spring makes the only one. */
    public LeaklabAutoConfiguration() {}

    /** The probe of all virtual threads of this JVM. Nothing runs until somebody asks it. */
    @Bean
    @ConditionalOnMissingBean
    public SharedProbe leaklabProbe(LeaklabProperties properties) {
        Reachability detector =
                Reachability.ofAllVirtualThreads(properties.probe().maxPause());
        return new SharedProbe(detector::probe, properties.probe().interval());
    }

    /** The look for deadlocks. */
    @Bean
    @ConditionalOnMissingBean
    public SharedHealth leaklabHealth() {
        return SharedHealth.of(ThreadSource.jvm());
    }

    /** The count of threads. */
    @Bean
    @ConditionalOnMissingBean
    public SharedCensus leaklabCensus(SharedHealth health) {
        return SharedCensus.of(health);
    }

    /**
     * Runs probes by itself, only if {@code leaklab.probe.every} says how often. Nobody asks for it, so it is not lazy.
     */
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(SharedProbe.class)
    @Conditional(SaysHowOften.class)
    public ProbeTimer leaklabProbeTimer(SharedProbe probe, LeaklabProperties properties) {
        return ProbeTimer.start(probe, Objects.requireNonNull(properties.probe().every()));
    }

    /** Whether the property has a value. An empty one, from a variable that is not set, is none. */
    static final class SaysHowOften implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("leaklab.probe.every"));
        }
    }

    /** The metrics, which Spring Boot binds to each registry. */
    @Bean
    @ConditionalOnMissingBean
    public ThreadLeakMetrics leaklabMetrics(SharedCensus census, ObjectProvider<SharedProbe> probe) {
        return new ThreadLeakMetrics(census, probe.getIfUnique());
    }

    /** The endpoint, if the application exposes it. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(SharedProbe.class)
    @ConditionalOnAvailableEndpoint
    public ThreadLeaksEndpoint threadLeaksEndpoint(SharedCensus census, SharedProbe probe) {
        return new ThreadLeaksEndpoint(census, probe);
    }

    /** The health, unless {@code management.health.threadleaks.enabled} is false. Its name is that of this method. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnEnabledHealthIndicator("threadleaks")
    public ThreadLeaksHealthIndicator threadleaksHealthIndicator(SharedHealth health) {
        return new ThreadLeaksHealthIndicator(health);
    }
}
