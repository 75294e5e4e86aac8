package org.leaklab.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.ThreadSource;

/** What web pages of other sites would send, and what the user and his tools send. */
class AllowedHostsTest {

    private static final String LINE = "GET /debug/pprof/threads?debug=1 HTTP/1.1";
    private static final String OK = "HTTP/1.1 200 ";

    private final Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
    private final ProfileServer server = ProfileServer.builder(ThreadSource.of(threads))
            .allowedHosts("ops.example.org", "10.0.0.7", "[fd00::7]")
            .start();

    @AfterEach
    void close() {
        server.close();
        threads.close();
    }

    private String ask(String... headers) throws IOException {
        return RawClient.ask(server, LINE, headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:6060",
                "127.0.0.1",
                "127.0.0.1:6060",
                "127.9.255.1:1",
                "[::1]",
                "[::1]:6060",
                "[0:0:0:0:0:0:0:1]:6060",
                "ops.example.org",
                "OPS.example.org:443",
                "10.0.0.7:6060",
                "[fd00::7]:6060"
            })
    void aLoopbackNameOrAnAllowedOneIsAnswered(String host) throws IOException {
        assertThat(ask("Host: " + host)).startsWith(OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:6060",
                "localhost.evil.example",
                "evil.localhost",
                "127.0.0.1.evil.example",
                "127.0.0.256",
                "127.1",
                "128.0.0.1",
                "0.0.0.0",
                "10.0.0.8",
                "[::2]",
                "[::]",
                "[fd00::8]",
                "[::1",
                "::1",
                "[127.0.0.1]",
                "user@localhost",
                "localhost:6060:6060",
                "localhost evil.example",
                "localhost/evil",
                "xops.example.org",
                ""
            })
    void anotherNameIsRefused(String host) throws IOException {
        assertThat(ask("Host: " + host))
                .startsWith("HTTP/1.1 421 ")
                .contains("\r\n\r\nthis server answers requests whose header Host is localhost or a loopback address")
                .doesNotContain("evil", "threads profile");
    }

    @Test
    void oneHostAndNoOtherBesideIt() throws IOException {
        assertThat(ask()).startsWith("HTTP/1.1 400 ");
        assertThat(ask("Host: localhost", "Host: evil.example")).startsWith("HTTP/1.1 400 ");
        assertThat(ask("Host: localhost", "Host : evil.example")).startsWith("HTTP/1.1 400 ");
        String absolute = "GET http://%s/debug/pprof/threads?debug=1 HTTP/1.1";
        assertThat(RawClient.ask(server, absolute.formatted("localhost"), "Host: localhost"))
                .startsWith(OK);
        assertThat(RawClient.ask(server, absolute.formatted("evil.example"), "Host: localhost"))
                .startsWith("HTTP/1.1 421 ");
        assertThat(RawClient.ask(server, absolute.formatted("localhost"), "Host: evil.example"))
                .startsWith("HTTP/1.1 421 ");
    }

    @Test
    void theUserAndHisToolsAreAnswered() throws IOException {
        String host = "Host: localhost:6060";
        assertThat(ask(host)).as("curl").startsWith(OK);
        assertThat(ask(host, "Sec-Fetch-Site: none")).as("a typed link").startsWith(OK);
        assertThat(ask(host, "Sec-Fetch-Site: same-origin")).as("the index").startsWith(OK);
        assertThat(ask(host, "Sec-Fetch-Site: same-origin", "Origin: http://localhost:6060"))
                .startsWith(OK);
        assertThat(ask("Host: ops.example.org", "Origin: https://ops.example.org"))
                .as("behind a proxy that speaks TLS")
                .startsWith(OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: anything",
                "sec-fetch-site: CROSS-SITE",
                "Origin: http://evil.example",
                "Origin: http://localhost",
                "Origin: http://localhost:3000",
                "Origin: http://127.0.0.1:6060",
                "Origin: null",
                "Origin:"
            })
    void anotherSiteIsRefused(String header) throws IOException {
        for (String line : List.of(LINE, LINE.replace("GET", "POST"), LINE.replace("GET", "OPTIONS"))) {
            assertThat(RawClient.ask(server, line, "Host: localhost:6060", header))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("\r\n\r\nthe request comes from another site")
                    .doesNotContain("Access-Control", "evil");
        }
    }

    @Test
    void whatIsNoNameIsNotAllowed() {
        for (String name : List.of("http://ops", "ops:6060", "ops/", "", "*", "a b", "fd00::7")) {
            assertThatThrownBy(() ->
                            ProfileServer.builder(ThreadSource.of(threads)).allowedHosts(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("an allowed host is a name or an address without scheme, port and path");
        }
    }
}
