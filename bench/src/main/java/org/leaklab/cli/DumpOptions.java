package org.leaklab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Analysis;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.HeapDump;
import org.leaklab.heapdump.RunningJvm;
import org.leaklab.heapdump.ThreadDumpFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How {@code detect} looks at dumps: those that it is given, and those that it takes of a process. */
final class DumpOptions {

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description =
                    "Read class files there: jars, folders of classes, DIR/* for all jars in a folder, homes of JDKs. "
                            + "Nothing that a dump file names is opened; name only what ran.")
    private @Nullable String classPath;

    @Option(
            names = "--confirm",
            description =
                    "Take a second dump of a process with leaked threads, and confirm those that are leaked in both. "
                            + "Without it, virtual threads of JDK 21 to 25 are not confirmed.")
    private boolean confirm;

    @Option(
            names = "--at-risk",
            description =
                    "Ask JDK 25 for its virtual threads too, to find who owns monitors and to confirm. JDK 25 can "
                            + "crash of it: only for a process that you can lose. JDK 26 and later are always asked.")
    private boolean atRisk;

    @Option(names = "--keep", paramLabel = "FILE", description = "Keep the process's dump in this file.")
    private @Nullable Path keep;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Returns whether any of them is on the command line. */
    boolean areGiven() {
        return confirm || keep != null || atRisk || classPath != null;
    }

    /** Analyses a heap dump or a thread dump in a file. */
    Findings ofFile(Path file) throws IOException {
        if (confirm) {
            throw new IllegalArgumentException(
                    "--confirm takes a second dump of a process, and " + file.getFileName() + " is a file");
        }
        if (keep != null) {
            throw new IllegalArgumentException(
                    "--keep is for the dump of a process, and " + file.getFileName() + " is one");
        }
        if (atRisk) {
            throw new IllegalArgumentException(
                    "--at-risk asks a process for its threads, and " + file.getFileName() + " is a file");
        }
        if (ThreadDumpFile.isOne(file)) {
            return ThreadDumpFile.analyse(file);
        }
        return HeapDump.analyse(
                file,
                using(Analysis.ofFile()),
                new ProgressLine(spec.commandLine().getErr()));
    }

    /**
     * Takes a heap dump of a process and analyses it.
     *
     * @param say prints what that costs the process, a line a time
     */
    Findings ofProcess(long pid, Consumer<@Nullable String> say) throws IOException {
        if (keep != null && Files.exists(keep)) {
            throw new IllegalArgumentException(keep.getFileName() + " exists: --keep does not overwrite a file");
        }
        if (keep != null) {
            Answer.checkFolder("--keep", keep);
        }
        using(Analysis.ofFile()); // a wrong path is told before the process stands still
        Path directory = keep == null ? null : keep.toAbsolutePath().getParent();
        try (RunningJvm jvm = RunningJvm.attach(pid, directory)) {
            say.accept(String.format(
                    Locale.ROOT,
                    "process %d will stand still for up to %.1f s: it has %,d MB of heap in use",
                    pid,
                    Math.max(0.1, jvm.pause().toMillis() / 1000.0),
                    jvm.usedBytes() >> 20));
            if (atRisk) {
                jvm.atRisk();
            }
            long began = System.nanoTime();
            Path dump = jvm.dump();
            say.accept(String.format(
                    Locale.ROOT, "wrote %,d MB in %.1f s", Files.size(dump) >> 20, (System.nanoTime() - began) / 1e9));
            Findings found = HeapDump.analyse(
                    jvm,
                    using(Analysis.ofProcess(jvm)),
                    confirm,
                    new ProgressLine(spec.commandLine().getErr()));
            if (keep != null) {
                Files.move(dump, keep);
            }
            return found;
        }
    }

    private Analysis using(Analysis analysis) throws IOException {
        return classPath == null ? analysis : analysis.withClassPath(ClassPath.of(classPath));
    }
}
