package org.leaklab.heapdump.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.heapdump.evidence.JsonThreadDump.DumpedThread;

class JsonThreadDumpTest {

    private static JsonThreadDump of(int jdk) throws IOException {
        try (Reader in = new InputStreamReader(
                JsonThreadDumpTest.class.getResourceAsStream("dump-" + jdk + ".json"), StandardCharsets.UTF_8)) {
            return JsonThreadDump.read(in);
        }
    }

    private static DumpedThread named(JsonThreadDump dump, String name) {
        return dump.threads().stream()
                .filter(thread -> thread.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {25, 26, 28})
    void readsLocksOfBothKinds(int jdk) throws IOException {
        JsonThreadDump dump = of(jdk);
        assertThat(dump.hasStates()).isTrue();
        DumpedThread held = named(dump, "v-held");
        assertThat(held.virtual()).isTrue();
        assertThat(held.state()).isEqualTo(Thread.State.BLOCKED);
        assertThat(dump.ownerOf(held.blockedOn())).isEqualTo(named(dump, "dead-a"));
        DumpedThread parked = named(dump, "v-park");
        assertThat(parked.parkOwner()).isEqualTo(named(dump, "owner").id());
        DumpedThread waiting = named(dump, "v-wait");
        assertThat(waiting.owned()).isEmpty();
        assertThat(dump.ownerOf(waiting.waitsFor())).isEqualTo(named(dump, "v-own"));
        assertThat(named(dump, "v-own").monitors().getFirst().depth()).isEqualTo(3);
        assertThat(named(dump, "dead-a").virtual()).isFalse();
        assertThat(named(dump, "dead-a").stack().getFirst())
                .isEqualTo(new StackTraceElement("P", "lock2", "P.java", 6));
    }

    @Test
    void readsStacksOnlyOf21() throws IOException {
        JsonThreadDump dump = of(21);
        assertThat(dump.hasStates()).isFalse();
        DumpedThread held = named(dump, "v-held");
        assertThat(held.virtual()).isNull();
        assertThat(held.state()).isNull();
        assertThat(held.waitsFor()).isNull();
        assertThat(held.stack().getLast().getClassName()).isEqualTo("java.lang.VirtualThread");
    }

    @Test
    void hasNoOwnerIfThereSeemToBeTwo() throws IOException {
        String owner =
                ",\"name\":\"x\",\"state\":\"RUNNABLE\",\"monitorsOwned\":[{\"depth\":0,\"locks\":[null,\"A@1\"]}]}";
        JsonThreadDump dump =
                JsonThreadDump.read(new StringReader("{\"threadDump\":{\"threadContainers\":[{\"threads\":[{\"tid\":1"
                        + owner + ",{\"tid\":2" + owner + "]}]}}"));
        assertThat(dump.thread(2).owned()).containsExactly("A@1");
        assertThat(dump.ownerOf("A@1")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"threadDump\":{\"threadContainers\":[{\"threads\":[{\"tid\":1},{\"tid\":1}]}]}}",
                "{\"threadDump\":{\"threadContainers\":[{\"threads\":[{\"tid\":\"x\"}]}]}}",
                "{\"threadDump\":{\"threadContainers\":[{\"threads\":[{\"tid\":1,\"state\":\"ODD\"}]}]}}",
                "[1]"
            })
    void refusesWhatIsNoThreadDump(String text) {
        assertThatThrownBy(() -> JsonThreadDump.read(new StringReader(text))).isInstanceOf(IOException.class);
    }
}
