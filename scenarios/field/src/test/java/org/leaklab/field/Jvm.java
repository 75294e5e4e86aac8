package org.leaklab.field;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.leaklab.core.ThreadKind;

/** A JVM that runs a program until it is closed. */
final class Jvm implements AutoCloseable {

    private final Process process;

    private Jvm(Process process) {
        this.process = process;
    }

    /** Returns a command that runs a class with the class path of these tests. */
    static List<String> java(String heap, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts it, and waits until the program says that it is ready, or ends. */
    static Jvm of(Class<? extends Program> program, ThreadKind kind, File errors) throws IOException {
        Process process = new ProcessBuilder(java("256m", main(program).getName(), program.getName(), kind.name()))
                .redirectError(errors)
                .start();
        Jvm jvm = new Jvm(process);
        BufferedReader out = process.inputReader();
        String line;
        do {
            line = out.readLine();
        } while (line != null && !line.equals("ready"));
        if (line == null) {
            jvm.close();
            throw new IOException(program.getSimpleName() + " ended before it was ready: see " + errors);
        }
        return jvm;
    }

    /** The class whose {@code main} runs a program: itself, if it has one. */
    private static Class<?> main(Class<? extends Program> program) {
        boolean hasOne = Stream.of(program.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("main"));
        return hasOne ? program : Host.class;
    }

    String pid() {
        return String.valueOf(process.pid());
    }

    /** Ends the JVM. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
