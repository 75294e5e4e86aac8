package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.Verdict;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document of {@code detect --json}, field by field. */
class DetectJsonTest {

    private static final String STACK =
            "[\"java.util.concurrent.locks.LockSupport.park(LockSupport.java:223)\",\"Shop.buy(Shop.java:12)\"]";

    private static JsonNode json(Findings found) throws IOException {
        StringWriter written = new StringWriter();
        Json.write(written, DetectJson.of(found, "heap-dump"));
        return JsonMapper.shared().readTree(written.toString());
    }

    private static void assertSame(JsonNode found, String expected) {
        assertThat(found).isEqualTo(JsonMapper.shared().readTree(expected));
        assertThat(found.propertyNames()) // in this order
                .containsExactlyElementsOf(
                        JsonMapper.shared().readTree(expected).propertyNames());
    }

    @Test
    void hasTheFieldsOfSchemaTwo() throws IOException {
        JsonNode found = json(MadeUpFindings.full());
        assertThat(found.propertyNames())
                .containsExactly(
                        "schema",
                        "method",
                        "jdk",
                        "verdict",
                        "cannotTell",
                        "threads",
                        "states",
                        "leaked",
                        "suspects",
                        "waiting",
                        "unknown",
                        "circles",
                        "groups",
                        "notes");
        assertThat(found.get("schema").asInt()).isEqualTo(2);
        assertThat(found.get("method").asString()).isEqualTo("heap-dump");
        assertThat(found.get("jdk").asString()).isEqualTo("25.0.3");
        assertThat(found.get("cannotTell").isNull()).isTrue();
        assertSame(found.get("threads"), "{\"platform\":3,\"virtual\":9,\"blocked\":9,\"unknown\":8}");
        assertThat(found.get("states").get("virtual, waiting").asInt()).isEqualTo(9);
        assertThat(found.get("notes").get(0).asString()).isEqualTo("a note of the dump");
        assertThat(found.get("notes").get(1).asString()).contains("schema 1", "\"unknown\"", "\"nothing-leaked\"");
    }

    @Test
    void hasEveryThreadOfEveryList() throws IOException {
        JsonNode found = json(MadeUpFindings.full());
        assertThat(found.get("leaked").size()).isEqualTo(1);
        assertSame(found.get("leaked").get(0), """
                {"id":31,"name":"buyer","virtual":true,"cause":"deadlock","verdict":"certain",
                 "confirmed":false,"blocker":"java.util.concurrent.locks.ReentrantLock$NonfairSync",
                 "owner":{"id":32,"name":"seller"},"retainedBytes":264,"stack":%s}""".formatted(STACK));
        assertSame(found.get("suspects").get(0), """
                {"id":41,"name":"worker-1","virtual":false,"reason":"pool-starvation","because":"%s","stack":%s}""".formatted(MadeUpFindings.WORDS, STACK));
        assertThat(found.get("waiting").size()).isEqualTo(7);
        assertSame(found.get("waiting").get(6), """
                {"count":1,"threads":[{"id":56,"name":"waiter-6"}],"blocker":"java.lang.Object",
                 "heldBy":["static Pools.POOL","Pool.idle","Idle.notEmpty"],"stack":%s}""".formatted(STACK));
        assertThat(found.get("unknown").size()).isEqualTo(8);
        assertSame(found.get("unknown").get(7), """
                {"id":77,"name":"unknown-7","virtual":true,"reason":"no frame shows its monitor","stack":%s}""".formatted(STACK));
        assertThat(found.get("circles").size()).isEqualTo(1);
        assertThat(found.get("circles").get(0).size()).isEqualTo(2);
        assertSame(found.get("circles").get(0).get(0), """
                {"id":31,"name":"stuck-31","wants":"java.lang.Object","at":"Shop.buy(Shop.java:12)",
                 "heldBy":{"id":32,"name":"stuck-32"}}""");
        assertSame(found.get("groups").get(0), """
                {"count":1,"kind":"virtual","cause":"deadlock","verdict":"certain",
                 "blocker":"java.util.concurrent.locks.ReentrantLock$NonfairSync","names":["buyer"],
                 "retainedBytes":264,"heldBy":[],"known":false,"stack":%s}""".formatted(STACK));
    }

    @Test
    void anOwnerThatHasEndedIsNull() throws IOException {
        Findings found = MadeUpFindings.of(
                List.of(MadeUpFindings.leaked(Cause.DEADLOCK, Verdict.UNLESS_INTERRUPTED, null)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
        JsonNode thread = json(found).get("leaked").get(0);
        assertThat(thread.get("owner").isNull()).isTrue();
        assertThat(thread.get("verdict").asString()).isEqualTo("unless-interrupted");
    }

    @Test
    void theVerdictNamesTheStrongestList() throws IOException {
        assertThat(json(MadeUpFindings.full()).get("verdict").asString()).isEqualTo("leaked");
        assertThat(verdict(MadeUpFindings.only(MadeUpFindings.suspects(), List.of())))
                .isEqualTo("suspects");
        assertThat(verdict(MadeUpFindings.only(List.of(), MadeUpFindings.unknown(1))))
                .isEqualTo("nothing");
        Findings none = MadeUpFindings.of(
                List.of(), List.of(), List.of(), MadeUpFindings.suspects(), List.of(), List.of(), "no stacks");
        assertThat(verdict(none)).isEqualTo("cannot-tell");
        assertThat(json(none).get("cannotTell").asString()).isEqualTo("no stacks");
    }

    private static String verdict(Findings found) throws IOException {
        return json(found).get("verdict").asString();
    }
}
