package org.leaklab.detect;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.detect.probe.CollectableStart;
import org.leaklab.detect.probe.GarbageCollection;
import org.leaklab.detect.probe.Proof;

/**
 * Finds virtual threads of a launcher that wait for something which nothing alive can reach. Go's {@code goroutineleak}
 * profile finds the same for goroutines. The detector needs no change to the JVM, no flag and no heap dump.
 *
 * <p>An unmounted virtual thread is an object in the heap and no root of the garbage collector. A thread that could
 * wake it must reach the object it waits on, and through this object the waiting thread itself. So if a collection
 * finds a waiting thread unreachable, this thread is leaked for certain. Between probes the launcher holds its threads.
 * For a probe, the launcher lets go of the threads that wait without a timeout, and the JVM collects garbage. If a
 * thread is gone after that and had not ended, it was leaked. Then the launcher holds all other threads again.
 *
 * <p>The collector decides what becomes of a leaked thread:
 *
 * <ul>
 *   <li>G1, Parallel and Serial keep the stacks of unreachable threads for finalizers. So a leaked thread comes back
 *       whole. A finalizer of the program may reach it too, and wake it. So the detector waits until finalizers have
 *       run, lets go once more of the threads that still wait on the same object, and collects again. It reports only
 *       threads that both rounds found unreachable and that still wait on the same object, with their present stacks.
 *       (Finalizers that make new objects with finalizers, round after round, can reach a thread even later: then the
 *       report is false.) The launcher keeps them. Later probes report them again until they end or wait on another
 *       object. {@link #reap} can end them.
 *   <li>On ZGC and Shenandoah, and if finalization is disabled, a leaked thread is gone after its report. Its
 *       {@code finally} blocks never run. These collectors hold a thread that a finalizer can reach until the finalizer
 *       has run. The detector takes the stacks before the collection. It looks twice, fifty milliseconds apart, and
 *       judges only threads that wait on the same object both times.
 * </ul>
 *
 * <p>The word <em>alive</em> means the same as in Go. Everything that a static field or a live stack reaches is alive,
 * even if the program never uses it again. Code that holds the {@link Thread} or its {@link Launched} can interrupt the
 * thread, so this thread is alive too. This includes code that looks at threads while a probe runs.
 *
 * <p>The detector cannot judge these threads of the launcher. It counts them as unknown, with the reason:
 *
 * <ul>
 *   <li>platform threads: they are always roots of the collector
 *   <li>threads that wait for a monitor or in {@code Object.wait}: the VM holds them
 *   <li>threads that wait for a socket: the JDK's poller holds them
 *   <li>virtual threads that wait while they are pinned: their carriers hold them
 *   <li>threads that began to wait while the probe ran
 *   <li>threads that the launcher started before a detector was attached: the JDK holds them, unless the JVM runs with
 *       {@code -Djdk.trackAllThreads=false}
 *   <li>threads of {@link Launcher#factory}: the JDK or an executor may hold them
 * </ul>
 *
 * <p>From the moment a detector is attached, the JDK no longer holds the threads that the launcher starts, and thread
 * dumps of the JDK do not show them. While they wait, only the launcher and the program's own objects hold them. If the
 * program drops the launcher and the detector, the collector may remove leaked threads of this launcher without a
 * report.
 *
 * <p>The notes of a finding also say how many virtual threads of the JVM the probe could not look at, because another
 * launcher started them or none, or that the JVM does not show them.
 *
 * <p>Safe for use by several threads. All probes in a JVM run one after the other, whichever detector runs them. The
 * detectors of one launcher share what their probes found.
 */
public final class Reachability implements AutoCloseable {

    private final Launcher launcher;
    private final boolean byCommand;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Reachability(Launcher launcher, boolean byCommand) {
        this.launcher = launcher;
        this.byCommand = byCommand;
        CollectableStart.attach(launcher);
    }

    /**
     * Attaches a detector to a launcher. The detector can judge the virtual threads that the launcher starts from now
     * on. If the JVM runs with {@code -Djdk.trackAllThreads=false}, it can also judge those that the launcher started
     * before.
     */
    public static Reachability of(Launcher launcher) {
        return new Reachability(launcher, false);
    }

    /**
     * Attaches a detector in the same way as {@link #of}. Its probes collect garbage with the diagnostic command
     * {@code GC.run}. This command also works on a JVM with {@code -XX:+DisableExplicitGC}, so it overrides this
     * option.
     */
    public static Reachability byDiagnosticCommand(Launcher launcher) {
        return new Reachability(launcher, true);
    }

    /**
     * Makes a launcher start its virtual threads in such a way that a detector which is attached later can judge them.
     * This cannot be undone for this launcher.
     */
    public static void prepare(Launcher launcher) {
        CollectableStart.attach(launcher);
    }

    /**
     * Runs one probe. If another probe is under way in this JVM, this one waits until that one has ended.
     *
     * <p>A probe runs one to three garbage collections. If it finds a leaked thread that no earlier probe found, and
     * leaked threads come back, it runs one to three more. It also waits until the JVM has run finalizers, up to 30
     * seconds in total. During the collections neither the detector nor the launcher holds the threads that the probe
     * judges.
     *
     * @return what the probe found; check {@link Finding#sound()} before you trust an empty list
     * @throws IllegalStateException if explicit collections are disabled ({@code -XX:+DisableExplicitGC}), or if the
     *     diagnostic command fails
     * @throws InterruptedException if the current thread is interrupted; the launcher then holds every thread again
     *     that still exists
     */
    public Finding probe() throws InterruptedException {
        if (!byCommand && GarbageCollection.explicitIsOff()) {
            throw new IllegalStateException(
                    "a probe needs a garbage collection, but this JVM runs with -XX:+DisableExplicitGC:"
                            + " leave this option out, or attach with Reachability.byDiagnosticCommand,"
                            + " which overrides it");
        }
        return Probe.run(launcher, byCommand);
    }

    /**
     * Interrupts every thread of the launcher that a probe found, that came back and that still waits on the same
     * object, so that its {@code finally} blocks run. Then waits until these threads have ended or the time is over. If
     * a probe is under way, this method first waits until the probe has ended.
     *
     * <p>This does nothing where leaked threads do not come back.
     *
     * @param patience how long to wait in total for the threads to end
     * @return the threads that have not ended in time
     * @throws InterruptedException if the current thread is interrupted while it waits
     */
    public List<Launched> reap(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(patience);
        List<Launched> leaked = Probe.between(
                () -> launcher.live().stream().filter(Proof::holds).toList());
        leaked.forEach(launched -> launched.thread().interrupt());
        for (Launched launched : leaked) {
            launched.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
        return leaked.stream().filter(Launched::isLive).toList();
    }

    /**
     * Detaches from the launcher. The launcher then starts its threads as it did before. The threads that were found
     * stay with the launcher. A second call does nothing.
     */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            CollectableStart.detach(launcher);
        }
    }
}
