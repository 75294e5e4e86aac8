package org.leaklab.heapdump.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM that runs a class of these tests until it is closed. */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    /** Starts it and waits until it prints "ready". */
    public static ChildJvm start(List<String> options, Class<?> main, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        all.addAll(List.of(arguments));
        return start(all);
    }

    /** The same with all that stands behind {@code java} on the command line. */
    public static ChildJvm start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ChildJvm child = new ChildJvm(process);
        String line;
        do {
            line = child.out.readLine();
        } while (line != null && !line.equals("ready"));
        if (line == null) {
            child.close();
            throw new IllegalStateException("the child ended before it was ready");
        }
        return child;
    }

    /** The folders and jars that it loads its classes from, those that there are. */
    public static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    /** Sends it a line and waits for the line that it answers. */
    public String ask(String line) throws IOException {
        process.outputWriter().write(line + "\n");
        process.outputWriter().flush();
        return String.valueOf(out.readLine());
    }

    public long pid() {
        return process.pid();
    }

    /** Sends a line to its standard input. */
    public void tell() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
