package org.leaklab.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A real application on virtual threads, which leaks some; what its actuator says over HTTP. */
class LeakingApplicationTest {

    private static final String PAGE = "/actuator/threadleaks";
    private static final int CALLS = 5;

    private static RunningShop shop;

    @BeforeAll
    static void start() {
        shop = RunningShop.start(
                CountedProbes.class,
                "management.endpoints.web.exposure.include=health,threadleaks,prometheus",
                "management.endpoint.threadleaks.access=unrestricted",
                "management.endpoint.health.show-details=always",
                "management.endpoint.health.probes.enabled=true",
                "management.endpoint.health.group.own.include=threadleaks");
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    private static int probes() {
        return shop.bean(CountedProbes.Count.class).get();
    }

    private static String status() throws Exception {
        return shop.get("/actuator/health")
                .json()
                .at("/components/threadleaks/status")
                .asString();
    }

    private static List<String> names(JsonNode groups) {
        List<String> names = new ArrayList<>();
        groups.forEach(group -> names.add(group.get("name").asString()));
        return names;
    }

    @Test
    void aLeakIsNamedAndItsHealthyTwinIsNot() throws Exception {
        JsonNode before = shop.get(PAGE).json();
        assertThat(before.get("probe").isNull()).as("nobody has run one").isTrue();
        int parked = before.at("/virtual/parked").asInt();

        for (int i = 0; i < CALLS; i++) {
            assertThat(shop.get("/price").body()).isEqualTo("42");
            assertThat(shop.get("/fixed-price").body()).isEqualTo("42");
            assertThat(shop.get("/subscribe").body()).isEqualTo("subscribed on a virtual thread");
        }
        RunningShop.until(
                () -> shop.get(PAGE),
                answer -> answer.json().at("/virtual/parked").asInt() >= parked + 3 * CALLS);
        for (int i = 0; i < CALLS; i++) {
            shop.get(PAGE);
            shop.get("/actuator/prometheus");
            shop.get("/actuator/health");
        }
        assertThat(probes()).as("no page runs a probe by itself").isZero();
        assertThat(shop.get("/actuator/prometheus").body())
                .contains("leaklab_threads_leaked_threads{kind=\"virtual\"} NaN");

        RunningShop.Answer posted = shop.post(PAGE);
        assertThat(posted.status()).as(posted.body()).isEqualTo(200);
        JsonNode found = posted.json().at("/probe/found");
        assertThat(found.get("leaked").asInt()).as(posted.body()).isEqualTo(2 * CALLS);
        JsonNode group = found.at("/groups/0");
        assertThat(group.get("count").asInt()).isEqualTo(2 * CALLS);
        assertThat(group.get("name").asString()).startsWith("price-");
        assertThat(group.get("kind").asString()).isEqualTo("virtual");
        assertThat(group.get("state").asString()).isEqualTo("waiting");
        assertThat(group.get("waitsOn").asString()).startsWith("java.util.concurrent.SynchronousQueue");
        assertThat(group.get("firstOwnFrame").asString()).contains("Shop.send(Shop.java:");
        assertThat(group.get("stack").size()).isPositive();
        assertThat(names(found.get("groups"))).noneMatch("subscriber"::equals);
        assertThat(names(found.get("suspectGroups"))).noneMatch("subscriber"::equals);

        shop.post(PAGE);
        JsonNode again = shop.get(PAGE).json();
        assertThat(probes()).as("the last result is good for an hour").isEqualTo(1);
        assertThat(again.at("/probe/at")).isEqualTo(posted.json().at("/probe/at"));
        assertThat(again.at("/probe/found/leaked").asInt()).isEqualTo(2 * CALLS);
        assertThat(shop.get("/actuator/prometheus").body())
                .contains("leaklab_threads_leaked_threads{kind=\"virtual\"} 10.0")
                .containsPattern("leaklab_threads_unless_interrupted_threads\\{kind=\"virtual\"} \\d+\\.0")
                .contains("leaklab_probe_age_seconds ");
        assertThat(status()).as("a leak is no ill health").isEqualTo("UP");
    }

    @Test
    void onlyADeadlockIsIllHealth() throws Exception {
        assertThat(status()).isEqualTo("UP");
        shop.get("/deadlock");
        try {
            RunningShop.Answer down =
                    RunningShop.until(() -> shop.get("/actuator/health"), answer -> answer.status() == 503);
            assertThat(shop.get("/actuator/health/own").status()).isEqualTo(503);
            assertThat(shop.get("/actuator/health/liveness").status())
                    .as("a restart is not ours to ask for")
                    .isEqualTo(200);
            assertThat(shop.get("/actuator/health/readiness").status()).isEqualTo(200);
            JsonNode health = down.json().at("/components/threadleaks");
            assertThat(health.get("status").asString()).isEqualTo("DOWN");
            assertThat(health.at("/details/deadlocks/0/sentence").asString()).contains("seller", "buyer", "waits for");
            assertThat(health.at("/details/deadlocks/0/threads").size()).isEqualTo(2);
            RunningShop.until(
                    () -> shop.get(PAGE),
                    answer -> answer.json().at("/platform/stuck").asInt() == 2);
        } finally {
            shop.get("/untangle");
        }
        RunningShop.until(() -> shop.get("/actuator/health"), answer -> answer.status() == 200);
    }
}
