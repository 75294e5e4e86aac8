package org.leaklab.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a thread dump, in the form of JDK 26 and that of later ones, and what is refused. */
class ThreadDumpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"threadDump\":{\"formatVersion\":2,\"threadContainers\":[{\"container\":\"<root>\",\"threads\":["
                        + "{\"tid\":7,\"name\":\"a \\\"q\\u0041\",\"blockedOn\":\"a.B@1\","
                        + "\"monitorsOwned\":[{\"depth\":0,\"locks\":[\"a.C@2\",null]}]},"
                        + "{\"tid\":8,\"waitingOn\":\"a.C@2\",\"monitorsOwned\":[{\"locks\":[\"a.C@2\",\"a.B@1\"]}]},"
                        + "{\"tid\":9,\"parkBlocker\":{\"object\":\"l.L@3\",\"owner\":8}}]}]}}",
                " { \"other\" : [ true , -1.5e+3 , { } , [ ] ] , \"threadDump\" : { \"threadContainers\" : [ "
                        + "{\"threads\":[{\"tid\":\"7\",\"blockedOn\":\"a.B@1\",\"monitorsOwned\":[{\"locks\":[\"a.C@2\"]}]}]},"
                        + "{\"threads\":[{\"tid\":\"8\",\"waitingOn\":\"a.C@2\",\"monitorsOwned\":[{\"locks\":[\"a.B@1\"]}]},"
                        + "{\"tid\":\"9\",\"parkBlocker\":{\"object\":\"l.L@3\",\"owner\":\"8\"}}]}] } } "
            })
    void aDumpIsReadInBothOfItsForms(String text) throws IOException {
        ThreadDump dump = ThreadDump.read(new StringReader(text));
        assertThat(dump.threads().keySet()).containsExactlyInAnyOrder(7L, 8L, 9L);
        assertThat(dump.ownerOf(dump.threads().get(7L))).isEqualTo(8);
        assertThat(dump.threads().get(7L).waitsForType()).isEqualTo("a.B");
        assertThat(dump.threads().get(7L).waitsForIdentity()).isEqualTo(1);
        assertThat(dump.ownerOf(dump.threads().get(8L))).isEqualTo(7);
        assertThat(dump.ownerOf(dump.threads().get(9L))).isEqualTo(8);
    }

    @Test
    void theIdentityOfAnObjectIsItsHashCode() {
        Object lock = new Object();
        assertThat(new ThreadDump.Dumped(Objects.toIdentityString(lock), null).waitsForIdentity())
                .isEqualTo(System.identityHashCode(lock));
        assertThat(new ThreadDump.Dumped("a.B@ffffffff", null).waitsForIdentity())
                .isEqualTo(-1);
        assertThat(new ThreadDump.Dumped("a.B", null).waitsForIdentity()).isZero();
        assertThat(new ThreadDump.Dumped(null, null).waitsForIdentity()).isZero();
    }

    @Test
    void anObjectWithTwoOwnersTellsNothing() throws IOException {
        ThreadDump dump = ThreadDump.read(new StringReader("{\"threadDump\":{\"threadContainers\":[{\"threads\":["
                + "{\"tid\":7,\"monitorsOwned\":[{\"locks\":[\"a.C@2\"]}]},"
                + "{\"tid\":8,\"monitorsOwned\":[{\"locks\":[\"a.C@2\"]}]},{\"tid\":9,\"blockedOn\":\"a.C@2\"}]}]}}"));
        assertThat(dump.ownerOf(dump.threads().get(9L))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":tru}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"b",
                "{\"a\":1}}",
                "[]",
                "{\"a\":\"\t\"}",
                "{\"a\":[1 2]}",
                "{a:1}"
            })
    void whatIsNotJsonIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> ThreadDump.read(new StringReader(text)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("not JSON: at character ");
    }
}
