package org.leaklab.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.leaklab.detect.Finding;
import org.leaklab.detect.Health;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSnapshot;
import org.leaklab.detect.ThreadSource;
import org.leaklab.serve.ProfileServer;

/** What the program of {@link LiveTarget} finds out about itself. */
final class InsideTarget {

    private InsideTarget() {}

    /** What a probe of all virtual threads says, as one line. */
    static String probe() {
        try {
            return said(Reachability.ofAllVirtualThreads().probe());
        } catch (IllegalStateException e) {
            return "refused: " + e.getMessage();
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    private static String said(Finding finding) {
        return "leaked " + names(finding.threads()) + ", unless interrupted "
                + names(finding.threads().stream()
                        .filter(each -> finding.unlessInterrupted().contains(each.threadId()))
                        .toList())
                + ", suspects " + names(finding.suspects()) + ", alive " + finding.alive() + ", unknown "
                + finding.unknown() + ", notes " + finding.notes();
    }

    private static List<String> names(List<ThreadSnapshot> threads) {
        return threads.stream().map(ThreadSnapshot::name).sorted().toList();
    }

    /** The same by a thread that is interrupted as soon as the probe is at work. */
    static String probeInterrupted() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread prober = Thread.ofPlatform().start(() -> answer.complete(probe()));
        while (!answer.isDone() && !isAtWork()) {
            Thread.onSpinWait();
        }
        prober.interrupt();
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isAtWork() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each -> each.getName().equals("leaklab-live"));
    }

    /** What a look for deadlocks could not see. */
    static String unseen() {
        return Health.of(ThreadSource.jvm()).unseen().toString();
    }

    /** What a server that was built with a detector of all virtual threads answers. */
    static String page() {
        try (ProfileServer server = ProfileServer.builder(ThreadSource.jvm())
                        .reachability(Reachability.ofAllVirtualThreads())
                        .start();
                HttpClient client = HttpClient.newHttpClient()) {
            URI page = URI.create("http://127.0.0.1:" + server.address().getPort() + "/debug/pprof/threadleak?debug=1");
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().replace('\n', '|')
                    + answer.headers()
                            .firstValue("Leaklab-Suspects")
                            .map(count -> ", " + count + " suspects")
                            .orElse("");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
