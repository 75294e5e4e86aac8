package org.leaklab.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.Finding;
import org.leaklab.detect.Pprof;
import org.leaklab.detect.ProfileJson;
import org.leaklab.detect.ProfileText;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadCount;
import org.leaklab.detect.ThreadProfile;
import org.leaklab.detect.ThreadSource;
import org.leaklab.serve.ProfileServer.Answer;

/** What each path answers. */
final class Pages {

    private final ThreadSource source;
    private final @Nullable Reachability reachability;

    Pages(ThreadSource source, @Nullable Reachability reachability) {
        this.source = source;
        this.reachability = reachability;
    }

    Answer index(Map<String, String> query) {
        String page = """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <title>/debug/pprof/</title>
                <style>
                  body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
                  td, th { text-align: left; padding: .2rem 1.5rem .2rem 0; vertical-align: top }
                </style>
                <h1>/debug/pprof/</h1>
                <p>%s</p>
                <table>
                <tr><th>Profile<th>Shows
                <tr><td>threads <a href="threads?debug=1">groups</a> <a href="threads?debug=2">each</a>
                    <a href="threads?format=collapsed">collapsed</a> <a href="threads?format=json">json</a>
                    <a href="threads">pprof</a>
                  <td>what every thread does
                <tr><td>threadleak <a href="threadleak?debug=1">groups</a> <a href="threadleak?debug=2">each</a>
                    <a href="threadleak?format=json">json</a> <a href="threadleak">pprof</a>
                  <td>virtual threads that nothing alive can reach; runs a garbage collection
                </table>
                <pre>go tool pprof http://ADDRESS:PORT/debug/pprof/threads</pre>
                """.formatted(escaped(ThreadCount.of(source).toString()));
        return new Answer(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    Answer threads(Map<String, String> query) {
        return answer(ThreadProfile.of(source), query);
    }

    Answer leaks(Map<String, String> query) throws InterruptedException {
        if (reachability == null) {
            throw new IllegalStateException(
                    "threadleak needs a reachability probe: start the server with one, see Reachability.of");
        }
        form(query); // a bad one is refused before a collection runs
        Finding finding = reachability.probe();
        if (!finding.sound()) {
            throw new IllegalStateException(String.join("; ", finding.leaked().notes()));
        }
        return answer(
                new ThreadProfile("threadleak", finding.leaked().scope(), Instant.now(), finding.threads()), query);
    }

    private enum Form {
        PPROF,
        GROUPS,
        THREADS,
        COLLAPSED,
        JSON
    }

    private static Form form(Map<String, String> query) {
        String format = query.get("format");
        String debug = query.getOrDefault("debug", "0");
        if (format == null) {
            return switch (debug) {
                case "0" -> Form.PPROF;
                case "1" -> Form.GROUPS;
                case "2" -> Form.THREADS;
                default -> throw new IllegalArgumentException("debug is 0, 1 or 2");
            };
        }
        return switch (format) {
            case "pprof" -> Form.PPROF;
            case "text" -> debug.equals("2") ? Form.THREADS : Form.GROUPS;
            case "collapsed" -> Form.COLLAPSED;
            case "json" -> Form.JSON;
            default -> throw new IllegalArgumentException("format is pprof, text, collapsed or json");
        };
    }

    private static Answer answer(ThreadProfile profile, Map<String, String> query) {
        return switch (form(query)) {
            case PPROF -> pprof(profile);
            case GROUPS -> Answer.text(ProfileText.groups(profile));
            case THREADS -> Answer.text(ProfileText.threads(profile));
            case COLLAPSED -> Answer.text(ProfileText.collapsed(profile));
            case JSON ->
                new Answer(200, "application/json", ProfileJson.of(profile).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static Answer pprof(ThreadProfile profile) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Pprof.write(profile, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(200, "application/octet-stream", bytes.toByteArray());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
