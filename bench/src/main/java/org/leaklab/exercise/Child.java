package org.leaklab.exercise;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.leaklab.core.text.Printable;
import org.leaklab.detect.Deadlock;
import org.leaklab.detect.JvmThreads;
import org.leaklab.exercise.trial.Setting;
import org.leaklab.exercise.trial.Trial;
import org.leaklab.exercise.trial.TrialResult;

/**
 * A JVM of its own for what a learner wrote, with limits of time, memory and output. Whatever that code does, the
 * parent gets an {@link End}.
 */
final class Child {

    /** How a child ended. */
    sealed interface End {
        /** The last lines that it printed. */
        List<String> printed();
    }

    /** It came to a result. */
    record Finished(TrialResult result, List<String> printed) implements End {}

    /** It had not ended in time and was killed. */
    record OutOfTime(long seconds, List<String> printed) implements End {}

    /** It printed too much and was killed. */
    record TooLoud(long bytes, List<String> printed) implements End {}

    /** Its memory was used up. */
    record OutOfMemory(int megabytes, List<String> printed) implements End {}

    /** It ended without a result. */
    record Died(int exitCode, List<String> printed) implements End {}

    private static final int MEGABYTES = 128;
    private static final long MOST_BYTES = 1L << 20;
    private static final long SECONDS = 60;
    private static final int EXIT_OUT_OF_MEMORY = 3;
    private static final int LINES_KEPT = 8;
    private static final int LAST_BYTES = 4096;
    private static final long LOOK_MILLIS = 20;

    private Child() {}

    /**
     * Runs a trial.
     *
     * @param folder holds the classes, and gets the result
     */
    static End run(Setting setting, String fileName, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java());
        command.add("-Djdk.virtualThreadScheduler.parallelism=" + setting.carriers());
        command.addAll(List.of(
                (JvmThreads.OPEN + " " + Deadlock.OPEN + " --add-opens java.base/java.util.concurrent=ALL-UNNAMED")
                        .split(" ", -1)));
        command.addAll(List.of("-cp", ownClassPath(), Trial.class.getName(), folder.toString(), fileName));
        command.addAll(List.of(setting.words()));
        Process process = start(command, folder);
        long seconds = Math.round(SECONDS * setting.scale());
        Output output = new Output(process.getInputStream());
        Thread reader = Thread.ofPlatform().daemon().name("output of the child").start(output);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (output.bytes() > MOST_BYTES) {
                    return new TooLoud(MOST_BYTES, output.lines());
                }
                if (System.nanoTime() > deadline) {
                    return new OutOfTime(seconds, output.lines());
                }
            }
            reader.join(TimeUnit.SECONDS.toMillis(1));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        if (output.bytes() > MOST_BYTES) {
            return new TooLoud(MOST_BYTES, output.lines());
        }
        if (TrialResult.isIn(folder)) {
            return new Finished(TrialResult.read(folder), output.lines());
        }
        return process.exitValue() == EXIT_OUT_OF_MEMORY
                ? new OutOfMemory(MEGABYTES, output.lines())
                : new Died(process.exitValue(), output.lines());
    }

    /** The {@code java} of this JVM with the limits that every child has. */
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + MEGABYTES + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8");
    }

    /** Starts a child in a folder, where it also puts its temporary files. */
    static Process start(List<String> command, Path folder) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.command().add(1, "-Djava.io.tmpdir=" + folder);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder.start();
    }

    /** The class path of this JVM, with places that another folder can be the start for. */
    private static String ownClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(place -> Path.of(place).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Reads what a child prints, so that it never has to wait for that, and keeps the end. */
    private static final class Output implements Runnable {

        private final InputStream in;
        private final AtomicLong bytes = new AtomicLong();
        private final StringBuilder last = new StringBuilder(); // guarded by this

        Output(InputStream in) {
            this.in = in;
        }

        long bytes() {
            return bytes.get();
        }

        @Override
        public void run() {
            byte[] part = new byte[LAST_BYTES];
            try {
                for (int read = in.read(part); read >= 0; read = in.read(part)) {
                    bytes.addAndGet(read);
                    keep(new String(part, 0, read, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                keep("\n(its output cannot be read: " + e.getMessage() + ")");
            }
        }

        private synchronized void keep(String text) {
            last.append(text);
            last.delete(0, Math.max(0, last.length() - LAST_BYTES));
        }

        synchronized List<String> lines() {
            List<String> lines = last.toString()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(Printable::of)
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LINES_KEPT), lines.size());
        }
    }
}
