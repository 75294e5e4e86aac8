package org.leaklab.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.detect.Pprof;
import org.leaklab.detect.ProfileText;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Growth;
import org.leaklab.heapdump.HeapDump;
import org.leaklab.heapdump.RunningJvm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
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
            "Finds threads, platform and virtual, that can never be woken: in a running JVM of the same user, which needs no agent "
                    + "and no flag and stands still while it writes its heap, or in a heap dump (HPROF, plain or gzipped).",
            "A thread is leaked when nothing alive can reach what it waits on. It is certain when nothing alive can reach the "
                    + "thread either; unless interrupted, when somebody holds it, and the way to it is shown.",
            "Exit code 0 when nothing is leaked, 1 when something is, 2 when it could not tell."
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

    @Parameters(arity = "0..1", paramLabel = "PID|FILE.hprof", description = "The process, or the dump of one.")
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

    @Option(names = "--json", description = "Short for --format json: with every leaked thread by name.")
    private boolean json;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "all",
            description = "all, or certain to leave out those that somebody could still interrupt.")
    private Mode mode = Mode.ALL;

    @Option(names = "-o", paramLabel = "FILE", description = "Write there instead of to standard output.")
    private @Nullable Path output;

    @Option(names = "--keep", paramLabel = "FILE", description = "Keep the process's dump in this file.")
    private @Nullable Path keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (json) {
            format = Format.JSON;
        }
        if ((target == null) == diff.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name a process, a heap dump, or two dumps after --diff");
        }
        try {
            return diff.isEmpty() ? one() : two();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new IllegalArgumentException(
                    "this dump needs more memory than this JVM has: start it with a larger -Xmx, about 40 bytes an object",
                    e);
        }
    }

    private int one() throws IOException {
        String from = String.valueOf(target);
        Findings found = (from.matches("\\d{1,18}") ? ofProcess(Long.parseLong(from)) : ofFile(Path.of(from)))
                .only(mode == Mode.ALL);
        switch (format) {
            case TEXT -> print(out -> out.write(DetectText.of(found, from(from), ansi())));
            case JSON -> print(out -> Json.write(out, DetectJson.of(found)));
            case PPROF -> write(out -> Pprof.write(found.profile(), out));
            case COLLAPSED -> print(out -> out.write(ProfileText.collapsed(found.profile())));
        }
        if (found.cannotTell() != null) {
            say(found.cannotTell());
            return CANNOT_TELL;
        }
        return found.leaked().isEmpty() ? 0 : 1;
    }

    private int two() throws IOException {
        if (format != Format.TEXT && format != Format.JSON) {
            throw new ParameterException(spec.commandLine(), "--diff prints text or json, not " + format);
        }
        Findings before = ofFile(diff.getFirst()).only(mode == Mode.ALL);
        Findings after = ofFile(diff.getLast()).only(mode == Mode.ALL);
        for (Findings found : List.of(before, after)) {
            if (found.cannotTell() != null) {
                say((found == before ? "the first dump: " : "the second dump: ") + found.cannotTell());
                return CANNOT_TELL;
            }
        }
        List<Growth> grown = Growth.between(before, after);
        if (format == Format.JSON) {
            print(out -> Json.write(out, DetectJson.of(grown)));
        } else {
            print(out -> out.write(
                    DetectText.of(grown, before.leaked().size(), after.leaked().size())));
        }
        return grown.isEmpty() ? 0 : 1;
    }

    private Findings ofFile(Path file) throws IOException {
        if (keep != null) {
            throw new IllegalArgumentException(
                    "--keep is for the dump of a process, and " + file.getFileName() + " is one");
        }
        return HeapDump.analyse(file, new ProgressLine(spec.commandLine().getErr()));
    }

    private Findings ofProcess(long pid) throws IOException {
        if (keep != null && Files.exists(keep)) {
            throw new IllegalArgumentException(keep.getFileName() + " exists: --keep does not overwrite a file");
        }
        Path directory = keep == null ? null : keep.toAbsolutePath().getParent();
        try (RunningJvm jvm = RunningJvm.attach(pid, directory)) {
            say(String.format(
                    Locale.ROOT,
                    "process %d will stand still for up to %.1f s: it has %,d MB of heap in use",
                    pid,
                    Math.max(0.1, jvm.pause().toMillis() / 1000.0),
                    jvm.usedBytes() >> 20));
            long began = System.nanoTime();
            Path dump = jvm.dump();
            say(String.format(
                    Locale.ROOT, "wrote %,d MB in %.1f s", Files.size(dump) >> 20, (System.nanoTime() - began) / 1e9));
            Findings found =
                    HeapDump.analyse(dump, new ProgressLine(spec.commandLine().getErr()));
            if (keep != null) {
                Files.move(dump, keep);
            }
            return found;
        }
    }

    private static String from(String target) {
        return target.matches("\\d+")
                ? "process " + target
                : String.valueOf(Path.of(target).getFileName());
    }

    private Ansi ansi() {
        return output == null ? spec.commandLine().getColorScheme().ansi() : Ansi.OFF;
    }

    private void say(@Nullable String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("detect: " + Printable.of(String.valueOf(line)));
        err.flush();
    }

    /** What is to be printed; a hundred thousand threads in JSON are more than a string should hold. */
    private interface Body<W> {
        void to(W out) throws IOException;
    }

    private void print(Body<Writer> text) throws IOException {
        if (output == null) {
            PrintWriter out = spec.commandLine().getOut();
            text.to(out);
            out.flush();
        } else {
            write(bytes -> {
                Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
                text.to(out);
                out.flush();
            });
        }
    }

    private void write(Body<OutputStream> bytes) throws IOException {
        if (output == null) {
            bytes.to(System.out);
            System.out.flush();
            return;
        }
        Path directory = output.toAbsolutePath().getParent();
        Path partial = Files.createTempFile(directory, "." + output.getFileName(), ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
                bytes.to(out);
            }
            Files.move(partial, output, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
