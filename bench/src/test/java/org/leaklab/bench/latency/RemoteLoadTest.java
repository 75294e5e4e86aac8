package org.leaklab.bench.latency;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JVM of the load says what goes wrong, and does not outlive the one that started it. */
@Tag("once")
class RemoteLoadTest {

    @Test
    void whatGoesWrongThereIsSaidHere() throws Exception {
        try (Load load = RemoteLoad.start()) {
            assertThatIOException()
                    .isThrownBy(() -> load.send(10, 10, interval -> {}))
                    .withMessageContaining("no service is there to send to");
        }
    }

    @Test
    void itEndsWithItsInput() throws Exception {
        RemoteLoad load = RemoteLoad.start();
        load.close();
        assertThatIOException()
                .isThrownBy(() -> load.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), 1, 1))
                .withMessageContaining("the JVM of the load has ended");
    }

    @Test
    void anOrderThatItDoesNotKnowIsRefused() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream answers = new PrintStream(said, true, US_ASCII)) {
            LoadMain.serve(new BufferedReader(new StringReader("dance 1\nsend x\n")), answers);
        }
        assertThat(said.toString(US_ASCII).lines()).hasSize(2).allMatch(line -> line.startsWith("failed "));
    }
}
