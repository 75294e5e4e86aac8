package org.leaklab.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.detect.Finding;
import org.leaklab.detect.Health;
import org.leaklab.detect.Pprof;
import org.leaklab.detect.ProbeWatch;
import org.leaklab.detect.ProfileJson;
import org.leaklab.detect.ProfileText;
import org.leaklab.detect.ThreadProfile;
import org.leaklab.detect.ThreadSource;

/** The pages of the server: what it answers on each path, if the request may be answered at all. */
final class Pages {

    static final int AT_A_TIME = 4;

    /** The header that names what has to be added for the form that was asked for. */
    private static final String MISSING = "Leaklab-Missing";

    /** The header of a profile of threads that says how many seconds ago the last probe ended. */
    private static final String PROBE_AGE = "Leaklab-Probe-Age";

    /** The header of a profile of leaks that says how many threads are perhaps leaked, and not in it. */
    private static final String SUSPECTS = "Leaklab-Suspects";

    private static final String NO_SUCH_PAGE = "there is no such page: /debug/pprof/ lists the pages";

    private final ThreadSource source;
    private final @Nullable SharedProbe probe;
    private final SharedHealth health;
    private final AllowedHosts hosts;
    /** Of those who write down what a probe found: they wait for each other. */
    private final Semaphore writers = new Semaphore(AT_A_TIME);
    /** Seen by tests. */
    final Semaphore places = new Semaphore(AT_A_TIME);
    /** How long a profile of all threads waits for a probe that is under way. Changed by tests. */
    volatile Duration patience = Duration.ofSeconds(10);

    Pages(ThreadSource source, @Nullable SharedProbe probe, AllowedHosts hosts) {
        this.source = source;
        this.probe = probe;
        this.health = SharedHealth.of(source);
        this.hosts = hosts;
    }

    /** Answers a request, or says why not. */
    HttpAnswer answer(Request request) throws InterruptedException {
        try {
            hosts.check(request);
            return switch (request.path()) {
                case "/debug/health" -> health(request);
                case "/debug/pprof/" -> index(request);
                case "/debug/pprof/threads" -> threads(request, "threads");
                case "/debug/pprof/goroutine" -> threads(request, "goroutine");
                case "/debug/pprof/threadleak" -> leaks(request, "threadleak");
                case "/debug/pprof/goroutineleak" -> leaks(request, "goroutineleak");
                default -> throw new RefusedException(404, NO_SUCH_PAGE);
            };
        } catch (RefusedException e) {
            return e.answer();
        }
    }

    private static void allow(Request request, boolean post) throws RefusedException {
        String method = request.method();
        if (!method.equals("GET") && !method.equals("HEAD") && !(post && method.equals("POST"))) {
            String methods = post ? "GET, HEAD, POST" : "GET, HEAD";
            throw new RefusedException(
                    HttpAnswer.refusal(405, "this page accepts only " + methods).with("Allow", methods));
        }
    }

    /** A page that shows the groups and asks the server for them again and again. */
    private HttpAnswer index(Request request) throws RefusedException {
        allow(request, false);
        Query.none(request.query());
        try (InputStream page = Pages.class.getResourceAsStream("index.html")) {
            String text = new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
            if (probe == null) {
                text = text.replaceFirst(
                        "(?s)<!--probe-->.*<!--/probe-->", "<p>The server has no detector for threadleak.");
            } else {
                SharedProbe.Result last = probe.last();
                text = text.replace("{interval}", seconds(probe.interval()) + " s")
                        .replace("{last}", last == null ? "none yet" : seconds(last.age()) + " s ago");
            }
            return new HttpAnswer(200, "text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param name of the profile: {@code threads}, or the one that tools for Go ask for and expect in the answer */
    private HttpAnswer threads(Request request, String name) throws RefusedException, InterruptedException {
        allow(request, false);
        Map<String, String> query = Query.of(request.query());
        Form form = form(query);
        if (!places.tryAcquire()) {
            throw new RefusedException(HttpAnswer.refusal(
                            503, "the server already works on " + AT_A_TIME + " requests: try again in a second")
                    .with("Retry-After", "1"));
        }
        try {
            ThreadProfile profile = profile();
            HttpAnswer answer =
                    answer(new ThreadProfile(name, profile.scope(), profile.at(), profile.threads()), form, "");
            SharedProbe.Result last = probe == null ? null : probe.last();
            return last == null ? answer : answer.with(PROBE_AGE, seconds(last.age()));
        } finally {
            places.release();
        }
    }

    /** Looks at all threads while no probe hides some of them. */
    private ThreadProfile profile() throws RefusedException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        do {
            if (ProbeWatch.awaitNone(Duration.ofNanos(deadline - System.nanoTime()))) {
                ProbeWatch watch = ProbeWatch.begin();
                ThreadProfile profile = ThreadProfile.of(source);
                if (!watch.sawProbe()) {
                    return profile;
                }
            }
        } while (System.nanoTime() - deadline < 0);
        throw new RefusedException(HttpAnswer.refusal(503, ProbeWatch.SENTENCE).with("Retry-After", "1"));
    }

    /** @param name of the profile: {@code threadleak}, or the one that tools for Go ask for */
    private HttpAnswer leaks(Request request, String name) throws RefusedException, InterruptedException {
        allow(request, true);
        Form form = form(Query.of(request.query())); // a bad one is refused before a collection runs
        if (probe == null) {
            throw new RefusedException(
                    503,
                    "threadleak needs a Reachability detector: pass one to ProfileServer.start, see Reachability.of"
                            + " and Reachability.ofAllVirtualThreads");
        }
        SharedProbe.Result result = probe.get(request.method().equals("POST"));
        String age = seconds(result.age());
        Finding finding = result.finding();
        if (result.failure() != null || finding == null) {
            throw new RefusedException(HttpAnswer.refusal(503, Printable.of(String.valueOf(result.failure())))
                    .with("Age", age));
        }
        String line = "# the probe is " + age + " s old; GET starts a new one after " + seconds(probe.interval())
                + " s, POST at once\n" + reservations(finding);
        ThreadProfile profile = new ThreadProfile(name, finding.leaked().scope(), result.at(), finding.threads());
        writers.acquire();
        try {
            HttpAnswer answer = answer(profile, form, line).with("Age", age);
            int suspects = finding.suspects().size();
            return suspects == 0 ? answer : answer.with(SUSPECTS, String.valueOf(suspects));
        } finally {
            writers.release();
        }
    }

    /** What must be said where not all that was found is proven, or can never be woken whatever happens. */
    private static String reservations(Finding finding) {
        StringBuilder lines = new StringBuilder();
        if (!finding.suspects().isEmpty() || !finding.unlessInterrupted().isEmpty()) {
            finding.notes()
                    .forEach(note ->
                            lines.append("# ").append(Printable.of(note)).append('\n'));
        }
        return lines.toString();
    }

    private static String seconds(Duration duration) {
        return String.valueOf(duration.toSeconds());
    }

    /**
     * Up or down. Never refused because others ask too, as that would look like down: those who ask at the same time
     * wait for one look and share it.
     */
    private HttpAnswer health(Request request) throws RefusedException, InterruptedException {
        allow(request, false);
        Query.none(request.query());
        Health now = health.get();
        return new HttpAnswer(
                now.up() ? 200 : 503, "application/json", now.json().getBytes(StandardCharsets.UTF_8));
    }

    private enum Form {
        PPROF,
        GROUPS,
        THREADS,
        COLLAPSED,
        JSON
    }

    private static Form form(Map<String, String> query) throws RefusedException {
        String format = query.get("format");
        String debug = query.getOrDefault("debug", "0");
        Form byDebug = switch (debug) {
            case "0" -> Form.PPROF;
            case "1" -> Form.GROUPS;
            case "2" -> Form.THREADS;
            default -> throw new RefusedException(400, "debug must be 0, 1 or 2");
        };
        if (format == null) {
            return byDebug;
        }
        return switch (format) {
            case "pprof" -> Form.PPROF;
            case "text" -> byDebug == Form.THREADS ? Form.THREADS : Form.GROUPS;
            case "collapsed" -> Form.COLLAPSED;
            case "json" -> Form.JSON;
            default -> throw new RefusedException(400, "format must be pprof, text, collapsed or json");
        };
    }

    /** @param line a line of comment for the forms that are text for people; may be empty */
    private static HttpAnswer answer(ThreadProfile profile, Form form, String line) {
        return switch (form) {
            case PPROF -> pprof(profile, line);
            case GROUPS -> HttpAnswer.text(groups(profile, line));
            case THREADS -> HttpAnswer.text(line + (line.isEmpty() ? "" : "\n") + ProfileText.threads(profile));
            case COLLAPSED -> HttpAnswer.text(ProfileText.collapsed(profile));
            case JSON ->
                new HttpAnswer(200, "application/json", ProfileJson.of(profile).getBytes(StandardCharsets.UTF_8));
        };
    }

    /** With the comment after the first line, where pprof's reader of this text skips it. */
    private static String groups(ThreadProfile profile, String line) {
        return ProfileText.groups(profile).replaceFirst("\n", "\n" + line);
    }

    /** The format of pprof; as text where protobuf is missing, and then the first line and a header say so. */
    private static HttpAnswer pprof(ThreadProfile profile, String line) {
        if (!Pprof.isAvailable()) {
            return HttpAnswer.text("This is text, because the format of pprof needs protobuf: " + Pprof.remedy() + "\n"
                            + groups(profile, line))
                    .with(MISSING, Pprof.ARTIFACT);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Pprof.write(profile, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new HttpAnswer(200, "application/octet-stream", bytes.toByteArray());
    }
}
