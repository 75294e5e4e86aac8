package org.leaklab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThread;
import org.leaklab.core.live.LiveThreads;
import org.leaklab.core.live.StandIn;
import org.leaklab.heapdump.Findings;
import org.leaklab.live.LiveProbe;
import org.leaklab.live.LiveReport;
import org.leaklab.live.ProbeOptions;
import org.leaklab.live.ProbeRefusedException;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Threads;

/**
 * One cell in a child JVM that is probed as {@code detect --live} probes a service: by a process that attaches, which
 * is this one.
 *
 * <p>The child waits until the threads of its cell are stuck. Then it forgets them: nothing of the lab leads to them
 * any more, as nothing of leaklab would in a service. It does not end them, but itself.
 */
final class ProbedCell {

    private static final long LOOK_MILLIS = 5;

    /** Of an exit code that is no signal's. */
    private static final int MOST_GONE = 100;

    private ProbedCell() {}

    /** What a probe says of the virtual threads of a cell. Platform threads are not judged, and nothing is run. */
    static Said look(Cell cell, Duration patience) throws InterruptedException {
        if (cell.kind() == ThreadKind.PLATFORM) {
            return cannotSee("not judged: a probe looks at virtual threads");
        }
        Path folder = null;
        try {
            folder = Files.createTempDirectory("leaklab-probed");
            return look(cell, patience, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + cell + " in a JVM to be probed", e);
        } finally {
            delete(folder);
        }
    }

    private static Said look(Cell cell, Duration patience, Path folder) throws IOException, InterruptedException {
        Path stuck = folder.resolve("stuck");
        Path printed = folder.resolve("printed");
        Process child = new ProcessBuilder(command(cell, patience, stuck))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            long deadline = System.nanoTime() + 3 * patience.toNanos();
            while (!Files.exists(stuck)) {
                if (child.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                    return cannotSee("the JVM to be probed did not come so far" + OwnJvm.lastLines(printed));
                }
            }
            List<String> lines = Files.readAllLines(stuck);
            if (!lines.getFirst().isEmpty()) {
                return cannotSee(lines.getFirst());
            }
            Said said = probed(child.pid(), lines.subList(1, lines.size()));
            child.getOutputStream().close();
            boolean ended = child.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            int gone = ended ? child.exitValue() : 0;
            return gone == 0 || said.found() > 0
                    ? said
                    : cannotSee(gone + " gone: what started them is unreachable, so the JDK held them no longer, and a"
                            + " collection took them away");
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static Said probed(long pid, List<String> ids) throws IOException, InterruptedException {
        try {
            LiveReport report = LiveProbe.attach(pid, null).probe(ProbeOptions.DEFAULT.withReason("a cell of the lab"));
            Findings findings = report.findings();
            Set<Long> own = ids.stream().map(Long::valueOf).collect(Collectors.toSet());
            return Detector.LIVE.said(findings, own, List.of());
        } catch (ProbeRefusedException e) {
            return cannotSee(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException)
                        new InterruptedException("interrupted while a cell was probed").initCause(e);
            }
            throw e;
        }
    }

    private static Said cannotSee(String why) {
        return new Said(Detector.LIVE.word(), Said.Sight.CANNOT_SEE, 0, List.of(why));
    }

    private static List<String> command(Cell cell, Duration patience, Path stuck) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(cell.scenario().leak().ownJvm()));
        command.addAll(List.of("-XX:+EnableDynamicAgentLoading", "-Dleaklab.patience=" + patience.toMillis() / 1000.0));
        command.addAll(OwnJvm.path(ProbedCell.class.getModule().getName(), ProbedCell.class));
        command.addAll(List.of(
                stuck.toString(),
                cell.scenario().leak().id(),
                cell.scenario().leak().idiom().name(),
                cell.variant().name(),
                cell.kind().name(),
                cell.count() + ""));
        return command;
    }

    private static void delete(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit(); // Windows does not delete what a killed child still has open
        }
    }

    /** Leads to no thread. */
    private static final class Nobody extends StandIn {

        private final long threadId;

        Nobody(long threadId) {
            this.threadId = threadId;
        }

        @Override
        public long threadId() {
            return threadId;
        }

        @Override
        protected @Nullable LiveThread listed() {
            return null;
        }

        @Override
        protected void threadEnded() {}
    }

    /**
     * Takes all threads out of the list of their launcher.
     *
     * @param ids gets their identifiers
     * @return references that tell which of them are gone; phantoms, for a probe says of others that they might have
     *     led to a thread
     */
    private static List<PhantomReference<Thread>> forget(Launcher launcher, List<String> ids) {
        LiveThreads live = Launchers.of(launcher);
        ReferenceQueue<Thread> queue = new ReferenceQueue<>();
        List<PhantomReference<Thread>> forgotten = new ArrayList<>();
        for (LiveThread thread : live.snapshot(LiveThread.class)) {
            if (live.replace(thread, new Nobody(thread.threadId()))) {
                ids.add(Long.toString(thread.threadId()));
                forgotten.add(new PhantomReference<>(thread.thread(), queue));
            }
        }
        return forgotten;
    }

    /**
     * The child. Writes what keeps it from being probed, or an empty line, and the identifiers of its stuck threads,
     * one a line, to the file that its first argument names. Its exit code is the number of threads that are gone when
     * its standard input ends: because this process has probed it, or is gone.
     */
    public static void main(String[] args) throws Exception {
        Path stuck = Path.of(args[0]);
        Cell cell = new Cell(
                Catalogue.load().get(args[1], Idiom.valueOf(args[2])),
                Variant.valueOf(args[3]),
                ThreadKind.valueOf(args[4]),
                Integer.parseInt(args[5]));
        Threads threads = Threads.of(cell.kind());
        List<String> lines = new ArrayList<>();
        lines.add(new Lab().settle(cell, threads));
        threads.forgetUnheld();
        List<PhantomReference<Thread>> forgotten = forget(threads.launcher(), lines);
        Path part = Files.write(stuck.resolveSibling("part"), lines);
        Files.move(part, stuck, StandardCopyOption.ATOMIC_MOVE);
        while (System.in.read() >= 0) { // nothing comes
        }
        Reference.reachabilityFence(threads); // until now, as a service holds what it works with
        long gone = forgotten.stream().filter(each -> each.refersTo(null)).count();
        OwnJvm.halt((int) Math.min(gone, MOST_GONE));
    }
}
