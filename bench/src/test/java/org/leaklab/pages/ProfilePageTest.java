package org.leaklab.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.text.Printable;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSource;
import org.leaklab.serve.ProfileServer;

/** The index of the profile server in a real browser: what the user does there works, what other pages do does not. */
@Tag("once")
class ProfilePageTest {

    private static final String NAME = "<b>by\n\u001B\u0085\u2028\u202E\u2066</b>";

    @TempDir
    Path folder;

    private static String text(Tab tab) {
        return tab.evaluate("document.body.textContent").asString();
    }

    @Test
    void showsThreadsAndRunsProbesForTheUserAlone() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
        try (Chromium chromium = Chromium.start(folder.resolve("profile"));
                Reachability reachability = Reachability.of(threads);
                ProfileServer server = ProfileServer.start(0, ThreadSource.of(threads), reachability)) {
            threads.start(NAME, () -> {
                threads.start("stuck", end::await);
                end.await();
            });
            String address = "http://127.0.0.1:" + server.address().getPort() + "/debug/pprof/";
            Tab tab = chromium.tab().open(URI.create(address));
            until(() -> text(tab).contains(Printable.of(NAME)));
            assertThat(text(tab))
                    .contains(
                            "2 live threads",
                            "Last probe: none yet",
                            "curl -X POST '" + address + "threadleak?debug=1'")
                    .doesNotContain("\u001B", "\u0085", "\u2028", "\u202E", "\u2066");
            assertThat(tab.errors()).isEmpty();

            String attack = "Promise.allSettled(['GET', 'POST'].map(m => fetch('" + address
                    + "threadleak', {method: m, mode: 'no-cors'}))).then(() => 'sent')";
            tab.open(Files.writeString(folder.resolve("evil.html"), "<p>another site"));
            assertThat(tab.evaluate(attack).asString()).isEqualTo("sent");
            tab.open(URI.create(address));
            assertThat(text(tab)).contains("Last probe: none yet");

            tab.evaluate("document.querySelector('button').click()");
            until(() -> text(tab).startsWith("threadleak profile: total 0\n# the probe is "));
            tab.open(URI.create(address));
            assertThat(text(tab)).containsPattern("Last probe: \\d+ s ago");
        } finally {
            end.countDown();
            threads.close();
        }
    }
}
