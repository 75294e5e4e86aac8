package org.leaklab.live;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.process.Connection;
import org.leaklab.heapdump.process.Patience;

/**
 * Starts the probe in this JVM. Where the command line has opened the packages that the probe needs to all unnamed
 * modules, that is a class loader and a call. Otherwise a child process of the same Java loads the agent into this JVM,
 * for a JVM must not attach to itself.
 */
final class LoadingInside implements Loading {

    private static final String START = "org.leaklab.agent.probe.Start";
    private static final String ATTACH = "org.leaklab.agent.probe.AttachMain";
    private static final int NOT_ATTACHED = 3;
    private static final int NOT_LOADED = 4;

    /** What children must not take over: an agent or a debugger would get in the way. */
    private static final List<String> OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Where the agent's jar was. It may be on the class path of this JVM since, so the next one uses the same path. */
    private static volatile @Nullable String noted;

    private final long pid = ProcessHandle.current().pid();

    @Override
    public void load(Connection connection, Path folder) throws IOException {
        try (AgentFiles files = AgentFiles.write(connection, noted)) {
            noted = files.agent().toString();
            if (!startIfOpen(files.probe(), folder)) {
                TargetFlags.checkLoading(connection);
                startByChild(files, files.probe() + "\t" + folder);
            }
        }
    }

    /** Has the agent open packages of {@code java.base} to the module of a class, and do nothing else. */
    void open(Connection connection, Class<?> reader, Set<String> packages) throws IOException {
        try (AgentFiles files = AgentFiles.write(connection, noted)) {
            noted = files.agent().toString();
            startByChild(files, "open\t" + reader.getName() + "\t" + String.join(",", packages));
        }
    }

    private static boolean startIfOpen(Path jar, Path folder) throws IOException {
        @SuppressWarnings("resource") // the probe goes on when this method has returned
        ClassLoader loader = new URLClassLoader(
                "leaklab-live", new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Module base = Object.class.getModule();
        try {
            Class<?> start = loader.loadClass(START);
            Set<?> packages = (Set<?>) start.getMethod("packages").invoke(null);
            if (!packages.stream().allMatch(name -> base.isOpen((String) name, loader.getUnnamedModule()))) {
                return false;
            }
            Consumer<String> log = line -> System.getLogger("org.leaklab.live").log(Level.INFO, line);
            Launchers.exportTo(loader.getUnnamedModule());
            start.getMethod("start", Path.class, Path.class, Consumer.class, List.class)
                    .invoke(null, jar, folder, log, List.of(Launchers.class));
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IOException("the probe cannot be started in this JVM: " + e, e);
        }
    }

    private void startByChild(AgentFiles files, String arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        files.probe().toString(),
                        ATTACH,
                        Long.toString(pid),
                        files.agent().toString(),
                        arguments)
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(OPTIONS);
        Process child;
        try {
            child = builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "the Java that would attach to this JVM cannot be started, so open the packages that the probe"
                            + " needs on the command line: " + e.getMessage(),
                    e);
        }
        try {
            if (!child.waitFor(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the process that attaches to this JVM has not ended for "
                        + Patience.LIMIT.toSeconds() + " s: the machine is starved; try again later");
            }
            check(child.exitValue(), lastLine(child.getInputStream()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a child process attached to this JVM", e);
        } finally {
            child.destroyForcibly();
        }
    }

    private void check(int exitCode, String said) throws IOException {
        switch (exitCode) {
            case 0 -> {}
            case NOT_ATTACHED -> throw new IOException(Connection.notAttached(pid));
            case NOT_LOADED -> throw new IOException(LoadingByAttach.notLoaded(pid, said));
            default ->
                throw new IOException("the process that attaches to this JVM has failed: " + Printable.of(said)
                        + "; its Java must have the module jdk.attach");
        }
    }

    /** Of a process that has ended; what it says fits into its pipe. */
    private static String lastLine(InputStream out) throws IOException {
        List<String> lines = new String(out.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? "it says nothing" : lines.getLast();
    }
}
