package org.leaklab.spring;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * The properties of the starter. Which of its parts are reachable is said by the properties of Spring Boot's actuator.
 *
 * @param probe when probes run, each of which collects garbage
 */
@ConfigurationProperties("leaklab")
public record LeaklabProperties(@DefaultValue Probe probe) {

    /**
     * When probes run. A number without a unit is seconds.
     *
     * @param interval How long the result of a probe is good. Who asks for a probe meanwhile gets this result, so no
     *     probe begins sooner.
     * @param every Time from one probe to the next that the application runs by itself. Without it, the application
     *     runs none: a probe collects garbage two to five times.
     * @param maxPause A probe is refused if one of its collections is expected to stop the JVM for longer.
     */
    public record Probe(
            @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS)
            Duration interval,

            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration every,

            @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS)
            Duration maxPause) {

        /**
         * Checks the times.
         *
         * @throws IllegalArgumentException if one of them makes no sense; the message names its property
         */
        public Probe {
            check(!interval.isNegative(), "interval must not be negative", interval);
            check(every == null || every.isPositive(), "every must be positive", every);
            check(maxPause.isPositive(), "max-pause must be positive", maxPause);
        }

        private static void check(boolean holds, String rule, @Nullable Duration is) {
            if (!holds) {
                throw new IllegalArgumentException("leaklab.probe." + rule + ", but is " + is);
            }
        }
    }
}
