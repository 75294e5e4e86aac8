package org.leaklab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.detect.Pprof;
import org.leaklab.detect.ProfileText;
import org.leaklab.detect.ThreadProfile;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Growth;
import org.leaklab.heapdump.KnownLeaks;
import org.leaklab.heapdump.ThreadDumpFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds leaked threads of any JVM, from outside. */
@Command(
        name = "detect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Answers why a JVM does not go on: which of its threads, platform and virtual, can never be woken, and what the others "
                    + "wait for. It looks at a running JVM of the same user, which needs no agent and no flag and stands still "
                    + "while it writes its heap, or at a heap dump (HPROF, plain or gzipped).",
            "It reads thread dumps too: what jcmd PID Thread.print -l or kill -3 prints, or the JSON of Thread.dump_to_file. They "
                    + "show who waits for whom, but not what threads can reach; JSON proves nothing, because threads run meanwhile.",
            "Leaked is proof. The cause is unreachable: nothing alive can reach what the thread waits on; deadlock: the owner of "
                    + "what it waits for can never go on, or has ended; or class-initialization: the same for a class. "
                    + "Leaked is certain, or unless interrupted: then an interrupt could end the wait.",
            "Suspects may be stuck; that is no proof, and each says why. Waiting threads wait without limit for what may still "
                    + "happen; the way to what they wait on is shown. Unknown threads cannot be judged.",
            "Exit code 0 when nothing is leaked but what --known knows, 1 when something is, 2 when it could not tell, or for bad input."
        })
final class DetectCommand implements Callable<Integer> {

    private static final int CANNOT_TELL = 2;

    /** How it is printed. */
    enum Format {
        TEXT,
        JSON,
        PPROF,
        COLLAPSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which verdicts are shown. */
    enum Mode {
        CERTAIN,
        ALL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "PID|FILE",
            description = "The process, or a heap dump, a thread print or a JSON thread dump of one.")
    private @Nullable String target;

    @Option(
            names = "--diff",
            arity = "2",
            paramLabel = "DUMP",
            description = "Name the groups that grew from a first dump to a second one.")
    private List<Path> diff = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json, pprof (gzipped, for go tool pprof) or collapsed (for flame graphs).")
    private Format format = Format.TEXT;

    @Option(names = "--json", description = "Short for --format json: with every thread of every list by name and id.")
    private boolean json;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "all",
            description = "all, or certain to leave out those that somebody could still interrupt.")
    private Mode mode = Mode.ALL;

    @Option(
            names = "--why",
            description =
                    "Show all threads that wait or are unknown, with stacks, not the first five groups (text only).")
    private boolean why;

    @Option(names = "--suspects", description = "Exit with 1 too when there are suspects and nothing is leaked.")
    private boolean suspects;

    @Option(names = "--strict", description = "Exit with 2 when there are threads that cannot be judged.")
    private boolean strict;

    @Mixin
    private DumpOptions dump = new DumpOptions();

    @Mixin
    private KnownOptions known = new KnownOptions();

    @ArgGroup(exclusive = false, heading = "Without a heap dump:%n", order = 10)
    private @Nullable LiveOptions live;

    @Option(names = "-o", paramLabel = "FILE", description = "Write there instead of to standard output.")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec;

    private KnownLeaks knownLeaks = KnownLeaks.none();

    @Override
    public Integer call() {
        if (json) {
            format = Format.JSON;
        }
        if ((target == null) == diff.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name a process, a heap dump, or two dumps after --diff");
        }
        try {
            answer().check();
            knownLeaks = known.read();
            return diff.isEmpty() ? one() : two();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new IllegalArgumentException(
                    "this dump needs more memory than this JVM has: start it with a larger -Xmx, about 15 bytes an object",
                    e);
        }
    }

    private int one() throws IOException {
        String from = String.valueOf(target);
        boolean isProcess = from.matches("\\d{1,18}");
        if (live != null) {
            return live(from, isProcess, live);
        }
        Path file = Path.of(from);
        String method = !isProcess && ThreadDumpFile.isOne(file) ? "thread-dump" : "heap-dump";
        return answer(isProcess ? dump.ofProcess(Long.parseLong(from), this::say) : dump.ofFile(file), from, method);
    }

    /** Probes a process as often as asked for. */
    private int live(String from, boolean isProcess, LiveOptions options) throws IOException {
        if (!isProcess) {
            throw new IllegalArgumentException("--live looks at a process, and " + from + " is none");
        }
        if (dump.areGiven()) {
            throw new IllegalArgumentException(
                    "--live takes no dump: leave out --confirm, --keep, --at-risk and" + " --class-path");
        }
        LiveLook look = new LiveLook(Long.parseLong(from), options.probe(), this::say);
        int status = 0;
        for (int i = 0; i < options.repeat(); i++) {
            if (i > 0) {
                pause(options.every());
            }
            status = answer(look.look(), from, "live");
        }
        return status;
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted between two probes", e);
        }
    }

    private int answer(Findings all, String from, String method) throws IOException {
        Findings found = all.only(mode == Mode.ALL);
        KnownLeaks leftOut = known.leftOut(knownLeaks);
        Findings fresh = leftOut.without(found);
        List<String> notes = KnownOptions.notes(leftOut, found, all);
        Answer answer = answer();
        switch (format) {
            case TEXT ->
                answer.text(DetectText.of(
                        fresh.with(notes),
                        from(from),
                        answer.ansi(),
                        why,
                        found.leaked().size() - fresh.leaked().size()));
            case JSON -> answer.print(out -> write(out, DetectJson.of(found, method, leftOut, notes)));
            case PPROF -> answer.write(out -> Pprof.write(ThreadProfile.of(fresh), out));
            case COLLAPSED -> answer.print(out -> out.write(ProfileText.collapsed(ThreadProfile.of(fresh))));
        }
        if (format == Format.PPROF || format == Format.COLLAPSED) { // which have no place for a sentence
            notes.forEach(this::say);
        }
        String open = open(found, strict);
        if (open != null) {
            say(open);
            return CANNOT_TELL;
        }
        KnownLeaks written = known.write(knownLeaks, found);
        if (written != null) {
            say(known.wrote(written));
            knownLeaks = written;
            return isFound(written.without(found), suspects) ? 1 : 0;
        }
        return isFound(fresh, suspects) ? 1 : 0;
    }

    /** One of several probes gets a line, so that a reader knows where the next one begins. */
    private void write(Writer out, Object document) throws IOException {
        if (live != null && live.repeat() > 1) {
            Json.writeLine(out, document);
        } else {
            Json.write(out, document);
        }
    }

    /**
     * Returns whether something is leaked.
     *
     * @param suspects whether a suspect counts too
     */
    static boolean isFound(Findings found, boolean suspects) {
        return !found.leaked().isEmpty() || (suspects && !found.suspects().isEmpty());
    }

    /**
     * Returns why these findings are no answer, or null if they are one.
     *
     * @param strict whether a thread that cannot be judged leaves the question open
     */
    static @Nullable String open(Findings found, boolean strict) {
        int unknown = found.unknown().size();
        if (found.cannotTell() != null || !strict || unknown == 0) {
            return found.cannotTell();
        }
        return String.format(
                Locale.ROOT,
                "%,d %s cannot be judged, and --strict takes this for no answer",
                unknown,
                unknown == 1 ? "thread" : "threads");
    }

    private int two() throws IOException {
        if (format != Format.TEXT && format != Format.JSON) {
            throw new ParameterException(spec.commandLine(), "--diff prints text or json, not " + format);
        }
        if (why || suspects) {
            throw new ParameterException(
                    spec.commandLine(), "--diff compares leaked threads only: leave out --why and --suspects");
        }
        if (known.areGiven()) {
            throw new ParameterException(
                    spec.commandLine(), "--diff compares with the first dump: leave out --known and --write-known");
        }
        Findings before = dump.ofFile(diff.getFirst()).only(mode == Mode.ALL);
        Findings after = dump.ofFile(diff.getLast()).only(mode == Mode.ALL);
        for (Findings found : List.of(before, after)) {
            String open = open(found, strict);
            if (open != null) {
                say((found == before ? "the first dump: " : "the second dump: ") + open);
                return CANNOT_TELL;
            }
        }
        List<Growth> grown = Growth.between(before, after);
        if (format == Format.JSON) {
            answer().print(out -> Json.write(out, DetectJson.of(grown)));
        } else {
            answer().text(DetectText.of(
                    grown, before.leaked().size(), after.leaked().size()));
        }
        return grown.isEmpty() ? 0 : 1;
    }

    private Answer answer() {
        return new Answer(output, spec.commandLine());
    }

    private static String from(String target) {
        return target.matches("\\d+")
                ? "process " + target
                : String.valueOf(Path.of(target).getFileName());
    }

    private void say(@Nullable String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("detect: " + Printable.of(String.valueOf(line)));
        err.flush();
    }
}
