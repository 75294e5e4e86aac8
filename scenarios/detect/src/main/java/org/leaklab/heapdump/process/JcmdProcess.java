package org.leaklab.heapdump.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code jcmd} of this process's own JDK, for systems where the attach socket of another JVM is not found: Windows
 * has a pipe in its place.
 */
public final class JcmdProcess implements Commands {

    private final long pid;
    private final Path jcmd;

    /**
     * For a process.
     *
     * @throws IOException if this JVM is of no JDK
     */
    public JcmdProcess(long pid) throws IOException {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path windows = bin.resolve("jcmd.exe");
        this.pid = pid;
        this.jcmd = Files.exists(windows) ? windows : bin.resolve("jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new IOException("cannot find the attach socket of process " + pid
                    + ", and this Java has no jcmd either: run leaklab with a JDK");
        }
    }

    @Override
    public String dumpHeap(Path file) throws IOException {
        return run("GC.heap_dump", file.toString());
    }

    @Override
    public String run(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(jcmd.toString(), Long.toString(pid), name));
        for (String argument : arguments) {
            command.add(argument.indexOf(' ') < 0 ? argument : '"' + argument + '"');
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("process " + pid + " refuses " + name + ": "
                        + said.lines().reduce((first, last) -> last).orElse("it gives no reason"));
            }
            return said.substring(said.indexOf('\n') + 1); // jcmd writes "PID:" first
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while process " + pid + " ran " + name, e);
        } finally {
            process.destroy();
        }
    }
}
