package org.leaklab.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.Finding;
import org.leaklab.detect.Pprof;
import org.leaklab.detect.ProfileJson;
import org.leaklab.detect.ProfileText;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadProfile;
import org.leaklab.detect.ThreadSource;
import org.leaklab.serve.ProfileServer.Answer;

/** The pages of the server: what it answers on each path. */
final class Pages {

    /** The header that names what has to be added for the form that was asked for. */
    private static final String MISSING = "Leaklab-Missing";

    private final ThreadSource source;
    private final @Nullable Reachability reachability;

    Pages(ThreadSource source, @Nullable Reachability reachability) {
        this.source = source;
        this.reachability = reachability;
    }

    /** A page that shows the groups and asks the server for them again and again. It is the same for each request. */
    Answer index(Map<String, String> query) {
        try (InputStream page = Pages.class.getResourceAsStream("index.html")) {
            return new Answer(
                    200,
                    "text/html; charset=utf-8",
                    Objects.requireNonNull(page).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer threads(Map<String, String> query) {
        return answer(ThreadProfile.of(source), query);
    }

    Answer leaks(Map<String, String> query) throws InterruptedException {
        if (reachability == null) {
            throw new IllegalStateException(
                    "threadleak needs a Reachability detector: pass one to ProfileServer.start, see Reachability.of");
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
                default -> throw new IllegalArgumentException("debug must be 0, 1 or 2");
            };
        }
        return switch (format) {
            case "pprof" -> Form.PPROF;
            case "text" -> debug.equals("2") ? Form.THREADS : Form.GROUPS;
            case "collapsed" -> Form.COLLAPSED;
            case "json" -> Form.JSON;
            default -> throw new IllegalArgumentException("format must be pprof, text, collapsed or json");
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

    /** The format of pprof; as text where protobuf is missing, and then the first line and a header say so. */
    private static Answer pprof(ThreadProfile profile) {
        if (!Pprof.isAvailable()) {
            return Answer.text("This is text, because the format of pprof needs protobuf: " + Pprof.remedy() + "\n"
                            + ProfileText.groups(profile))
                    .with(MISSING, Pprof.ARTIFACT);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Pprof.write(profile, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(200, "application/octet-stream", bytes.toByteArray());
    }
}
