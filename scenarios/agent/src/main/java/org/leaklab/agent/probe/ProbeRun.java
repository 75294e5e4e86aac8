package org.leaklab.agent.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One probe of this JVM, from the first look to the report.
 *
 * <p>Certain is what three collections could not reach: the first one, a second one over the finds alone, after all
 * finalizers have run, and, where some finds can be interrupted through their executors, a third one that leaves these
 * alone, because they could wake others when they go on. And only if the first one has cleared no weak reference that
 * something alive held: the collection of the self-test, right before it, leaves none but those to what threads hold
 * and to the garbage of a moment.
 */
final class ProbeRun implements Runnable {

    private static final long LOG_MILLIS = 1000;
    private static final String ALIVE = "alive";

    private final Path jar;
    private final Path folder;
    private final Consumer<String> log;
    private final List<LauncherLists> launchers;

    /** Of other versions of leaklab. */
    private final List<Class<?>> unread = new ArrayList<>();

    private final Life life = new Life();

    /** By the first round; nothing could have cleared them in later ones. */
    private Map<String, Integer> cleared = Map.of();

    /** Whether a thread waits for references to be cleared; it may wake others then, so one round is not enough. */
    private boolean collectorMayWake;

    ProbeRun(Path jar, Path folder, Consumer<String> log, List<Class<?>> launchers) {
        this.jar = jar;
        this.folder = folder;
        this.log = log;
        this.launchers = LauncherLists.of(launchers, unread);
    }

    @Override
    public void run() {
        try {
            Options options = Options.read(folder.resolve("options"));
            log(options);
            AgentProperties properties = AgentProperties.find();
            properties.noteJar(jar.resolveSibling("agent.jar").toString());
            properties.begin(options.who());
            probe(options, properties);
        } catch (Refusal e) {
            say(e.word(), String.valueOf(e.getMessage()));
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            say("failed", "the probe has failed before it touched anything: " + e);
        }
    }

    /** In a thread of its own: the log of the program may take its time, and must not hold up a probe. */
    private void log(Options options) throws InterruptedException {
        String line = "leaklab looks for leaked virtual threads in this JVM, started by " + options.who()
                + (options.reason().isEmpty() ? "" : ", reason: " + options.reason());
        Thread thread = Start.thread("leaklab-live-log", () -> log.accept(line));
        thread.setUncaughtExceptionHandler((failed, e) -> {}); // a log that fails is not the probe's business
        thread.start();
        thread.join(LOG_MILLIS);
    }

    private void probe(Options options, AgentProperties properties) {
        Rounds test = new Rounds(life, options.limit(), "");
        SelfTest selfTest = new SelfTest(test, life);
        Thread watchdog = Start.thread("leaklab-live-watchdog", new Watchdog(life, () -> {
            selfTest.endAll(); // what it has planted is back as well
            properties.end();
            say("failed", "the probe stopped, and its watchdog has put all threads back");
        }));
        Rounds rounds = new Rounds(life, options.limit(), options.failure());
        try {
            Preflight.check(options.maxPause());
            life.endAt(Failure.sign(options.failure()));
            watchdog.start();
            selfTest.run(); // its collection also clears what the first round must not find
            checkPause(test.times(), options.maxPause());
            goesOn();
            Counts counts = new Counts();
            List<Find> finds = finds(rounds, counts, options.fast());
            DoubtedThreads doubt = properties.doubt();
            if (!cleared.isEmpty()) {
                properties.noteDoubt(finds);
            }
            Map<Long, Reaping.Outcome> reaped = Reaping.of(certain(finds, doubt), options.reap(), launchers, life);
            Unjudged unjudged = Unjudged.now(launchers, life, selfTest.planted());
            Failure.tell(life.signs(), options.failure());
            end(properties);
            report(rounds.times(), counts, finds, doubt, unjudged, reaped);
        } catch (Failure e) {
            return; // the watchdog's turn
        } catch (Refusal e) {
            end(properties);
            say(e.word(), String.valueOf(e.getMessage()));
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            if (life.round() == null) {
                end(properties);
                say("failed", "the probe has failed, and all threads are back: " + e);
            }
        }
    }

    /** The first collection says what the next ones take; those of a large heap cannot be told before. */
    private static void checkPause(List<Times> times, Duration most) throws Refusal {
        long longest = times.stream().mapToLong(Times::collection).max().orElse(0);
        if (longest > most.toNanos()) {
            throw new Refusal("a collection of this heap has just taken "
                    + Duration.ofNanos(longest).toMillis() + " ms, more than the " + most.toMillis()
                    + " ms allowed: allow more, or try when less of it is in use");
        }
    }

    private void end(AgentProperties properties) {
        life.end();
        properties.end();
    }

    private List<Find> certain(List<Find> finds, DoubtedThreads doubt) {
        return cleared.isEmpty()
                ? finds.stream()
                        .filter(each -> each.rounds() > 1 && !each.reached() && !doubt.isOf(each))
                        .toList()
                : List.of();
    }

    /** No local variable here holds a thread while a round is made: the lists of candidates are empty then. */
    private List<Find> finds(Rounds rounds, Counts counts, boolean fast) throws InterruptedException {
        List<Candidate> first = looked(rounds.make(counts, arming -> arming.all(launchers)));
        cleared = rounds.cleared();
        if (fast && !collectorMayWake || first.isEmpty()) {
            return all(first);
        }
        List<Candidate> second = looked(rounds.make(new Counts(), arming -> arming.these(first, launchers)));
        List<Find> finds = new ArrayList<>();
        takeReached(second, finds);
        if (finds.isEmpty() || second.isEmpty()) {
            finds.addAll(all(second));
            return finds;
        }
        Map<Long, Find> others = new LinkedHashMap<>();
        all(second).forEach(each -> others.put(each.id(), each.behindOthers()));
        all(looked(rounds.make(new Counts(), arming -> arming.these(second, launchers))))
                .forEach(each -> others.put(each.id(), each));
        finds.addAll(others.values());
        return finds;
    }

    private List<Candidate> looked(List<HandlerSentinel> revived) {
        goesOn();
        List<Candidate> candidates = new ArrayList<>();
        for (HandlerSentinel each : revived) {
            life.sign();
            Candidate candidate = Candidate.of(each);
            if (candidate != null && candidate.find().waitsForTheCollector()) {
                collectorMayWake = true; // it stays in its set, and the next round keeps all that it reaches
            } else if (candidate != null) {
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    private static List<Find> all(List<Candidate> candidates) {
        List<Find> finds = new ArrayList<>();
        for (Candidate each : candidates) {
            finds.add(each.find());
        }
        return finds;
    }

    /** Takes those out that can be interrupted through their executor or scope. */
    private static void takeReached(List<Candidate> candidates, List<Find> finds) {
        for (Candidate each : candidates) {
            if (each.find().reached()) {
                finds.add(each.find());
            }
        }
        candidates.removeIf(each -> each.find().reached());
    }

    private void report(
            List<Times> times,
            Counts counts,
            List<Find> finds,
            DoubtedThreads doubt,
            Unjudged unjudged,
            Map<Long, Reaping.Outcome> reaped)
            throws IOException {
        try (ReportFile out = new ReportFile(folder)) {
            for (Times each : times) {
                out.line(
                        "round",
                        Long.toString(each.arming()),
                        Long.toString(each.collection()),
                        Long.toString(each.restoring()),
                        Long.toString(each.finalizers()),
                        Integer.toString(each.armed()),
                        Integer.toString(each.found()),
                        Integer.toString(each.late()));
            }
            for (Kind kind : Kind.values()) {
                for (Counts.What what : Counts.What.values()) {
                    out.line("count", kind.word(), what.name(), Long.toString(counts.get(kind, what)));
                }
            }
            out.line("platform", Integer.toString(Jdk.allPlatformThreads().length));
            if (!unread.isEmpty()) {
                out.line("unread", Integer.toString(unread.size()));
            }
            for (var each : unjudged.states().entrySet()) {
                out.line("state", each.getKey(), each.getValue().toString());
            }
            for (var each : unjudged.reasons().entrySet()) {
                out.line("reason", each.getKey(), each.getValue().toString());
            }
            for (var each : cleared.entrySet()) {
                out.line("cleared", each.getKey(), each.getValue().toString());
            }
            for (var each : reaped.entrySet()) {
                out.line("reaped", each.getKey().toString(), each.getValue().name());
            }
            for (Find each : finds) {
                out.line(
                        each.stack(),
                        "find",
                        Long.toString(each.id()),
                        each.name(),
                        each.kind().word(),
                        each.blocker(),
                        Integer.toString(each.rounds()),
                        Boolean.toString(each.reached()),
                        Boolean.toString(doubt.isOf(each)));
            }
            for (Unjudged.Unknown each : unjudged.unknown()) {
                out.line(each.stack(), "unknown", Long.toString(each.id()), each.name(), each.why());
            }
            out.publish();
        }
    }

    /** A sign of life for the process that waits for the report: the collections of a large heap may take minutes. */
    private void goesOn() {
        try {
            Files.writeString(folder.resolve(ALIVE), Long.toString(life.signs()));
        } catch (IOException | RuntimeException e) {
            return; // who attached is gone
        }
    }

    private void say(String what, @Nullable String sentence) {
        try (ReportFile out = new ReportFile(folder)) {
            out.line(what, sentence);
            out.publish();
        } catch (IOException | RuntimeException e) {
            if (!Files.isDirectory(folder)) {
                return; // who attached is gone
            }
            System.err.println("leaklab: " + what + ": " + sentence + " (and no report could be written: " + e + ")");
        }
    }
}
