package org.leaklab.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.leaklab.micrometer.ProbeTimer;
import org.leaklab.micrometer.ThreadLeakMetrics;
import org.leaklab.serve.SharedProbe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the properties of the application switch on and off. */
class PropertiesTest {

    private static final String PAGE = "/actuator/threadleaks";

    /** Nothing more. */
    @Configuration(proxyBeanMethods = false)
    static class Usual {}

    /** Probes that cost nothing, and fail. */
    @Configuration(proxyBeanMethods = false)
    static class Refused {

        static final AtomicInteger PROBES = new AtomicInteger();

        @Bean
        SharedProbe probe() {
            return new SharedProbe(
                    () -> {
                        PROBES.incrementAndGet();
                        throw new IllegalStateException("this JVM cannot be probed");
                    },
                    Duration.ZERO);
        }
    }

    /** Two probes, and neither is said to be the one. */
    @Configuration(proxyBeanMethods = false)
    static class TwoProbes {

        @Bean
        SharedProbe one() {
            return new Refused().probe();
        }

        @Bean
        SharedProbe other() {
            return new Refused().probe();
        }
    }

    @Test
    void nothingIsExposedAndNothingRunsByDefault() throws Exception {
        try (RunningShop shop = RunningShop.start(Usual.class)) {
            assertThat(shop.get(PAGE).status()).isEqualTo(404);
            assertThat(shop.has(ThreadLeaksEndpoint.class)).isFalse();
            assertThat(shop.has(ProbeTimer.class)).isFalse();
            assertThat(shop.has(ThreadLeakMetrics.class)).isTrue();
            assertThat(shop.get("/actuator/health").status()).isEqualTo(200);
            assertThat(shop.bean(SharedProbe.class).interval()).isEqualTo(Duration.ofSeconds(60));
            assertThat(shop.bean(SharedProbe.class).last()).isNull();
        }
    }

    @Test
    void aProbeMustBeAllowed() throws Exception {
        try (RunningShop shop =
                RunningShop.start(Refused.class, "management.endpoints.web.exposure.include=threadleaks")) {
            int before = Refused.PROBES.get();
            assertThat(shop.get(PAGE).status()).isEqualTo(200);
            assertThat(shop.post(PAGE).status()).isEqualTo(405);
            assertThat(Refused.PROBES).hasValue(before);
        }
    }

    @Test
    void aProbeThatFailsSaysWhy() throws Exception {
        try (RunningShop shop = RunningShop.start(
                Refused.class,
                "management.endpoints.web.exposure.include=threadleaks",
                "management.endpoint.threadleaks.access=unrestricted")) {
            RunningShop.Answer answer = shop.post(PAGE);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/probe/failure").asString()).isEqualTo("this JVM cannot be probed");
            assertThat(answer.json().at("/probe/found").isNull()).isTrue();
        }
    }

    @Test
    void probesRunByThemselvesIfThePropertySaysHowOften() throws Exception {
        try (RunningShop shop = RunningShop.start(
                Refused.class,
                "management.endpoints.web.exposure.include=threadleaks",
                "leaklab.probe.every=10ms",
                "management.health.threadleaks.enabled=false")) {
            RunningShop.until(
                    () -> shop.get(PAGE), answer -> !answer.json().get("probe").isNull());
            assertThat(shop.has(ProbeTimer.class)).isTrue();
            assertThat(shop.has(ThreadLeaksHealthIndicator.class)).isFalse();
        }
    }

    @Test
    void probesRunByThemselvesAlsoWhereBeansAreLazy() throws Exception {
        int before = Refused.PROBES.get();
        try (RunningShop shop =
                RunningShop.start(Refused.class, "spring.main.lazy-initialization=true", "leaklab.probe.every=10ms")) {
            RunningShop.until(() -> shop.get("/actuator/health"), answer -> Refused.PROBES.get() > before);
        }
    }

    @Test
    void ofTwoProbesNeitherIsTakenForTheOne() throws Exception {
        try (RunningShop shop = RunningShop.start(
                TwoProbes.class,
                "management.endpoints.web.exposure.include=health,threadleaks",
                "leaklab.probe.every=10ms")) {
            assertThat(shop.has(ProbeTimer.class)).isFalse();
            assertThat(shop.has(ThreadLeaksEndpoint.class)).isFalse();
            assertThat(shop.has(ThreadLeakMetrics.class)).isTrue();
            assertThat(shop.get("/actuator/health").status()).isEqualTo(200);
        }
    }

    @Test
    void theIntervalIsAProperty() {
        try (RunningShop shop = RunningShop.start(Usual.class, "leaklab.probe.interval=5m")) {
            assertThat(shop.bean(SharedProbe.class).interval()).isEqualTo(Duration.ofMinutes(5));
        }
    }

    @Test
    void aNumberWithoutAUnitIsSeconds() {
        try (RunningShop shop = RunningShop.start(
                Usual.class, "leaklab.probe.interval=90", "leaklab.probe.every=3600", "leaklab.probe.max-pause=2")) {
            LeaklabProperties.Probe times = shop.bean(LeaklabProperties.class).probe();
            assertThat(times.interval()).isEqualTo(Duration.ofSeconds(90));
            assertThat(times.every()).isEqualTo(Duration.ofHours(1));
            assertThat(times.maxPause()).isEqualTo(Duration.ofSeconds(2));
        }
    }

    /** As {@code leaklab.probe.every=${PROBE_EVERY:}} where the variable is not set. */
    @Test
    void anEmptyTimeIsNone() {
        try (RunningShop shop = RunningShop.start(
                Usual.class, "leaklab.probe.interval=", "leaklab.probe.every=", "leaklab.probe.max-pause=")) {
            assertThat(shop.has(ProbeTimer.class)).isFalse();
            assertThat(shop.bean(SharedProbe.class).interval()).isEqualTo(Duration.ofSeconds(60));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "leaklab.probe.interval=-1s, 'leaklab.probe.interval must not be negative, but is PT-1S'",
        "leaklab.probe.every=0, 'leaklab.probe.every must be positive, but is PT0S'",
        "leaklab.probe.max-pause=0, 'leaklab.probe.max-pause must be positive, but is PT0S'"
    })
    void aTimeThatMakesNoSenseIsRefusedByItsName(String property, String message) {
        assertThatThrownBy(() -> RunningShop.start(Usual.class, property))
                .rootCause()
                .hasMessage(message);
    }

    @Test
    void editorsKnowTheProperties() throws IOException {
        try (InputStream metadata =
                ThreadLeaksEndpoint.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(new String(metadata.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("leaklab.probe.interval", "leaklab.probe.every", "leaklab.probe.max-pause");
        }
    }
}
