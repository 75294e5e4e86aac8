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
 * Finds virtual threads that wait for something which nothing alive can reach: those of one launcher ({@link #of}), or
 * all of this JVM ({@link #ofAllVirtualThreads}). Go's {@code goroutineleak} profile finds the same for goroutines. The
 * detector needs no change to the JVM, no flag and no heap dump.
 *
 * <h2>Threads of a launcher</h2>
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
 * <p><b>A probe clears weak and soft references.</b> While a probe collects, nothing but weak references may lead to a
 * parked thread, or to what only parked threads hold. The collection clears them, as if the threads were gone. So if
 * the program would have woken a thread through a weak or soft reference alone, for example through a value in a
 * {@link java.util.WeakHashMap}, or by the {@link java.lang.ref.Cleaner} of something that only this thread holds, it
 * cannot do so any more, and a detector of a launcher calls this thread leaked. It does not see which references were
 * cleared. {@link #ofAllVirtualThreads} sees them, and calls no thread leaked that one of them may have led to. But it
 * does not know what an earlier probe of a launcher has cleared.
 *
 * <p>The notes of a finding also say how many virtual threads of the JVM the probe could not look at, because another
 * launcher started them or none, or that the JVM does not show them.
 *
 * <h2>All virtual threads</h2>
 *
 * <p>A detector of all virtual threads runs the probe of {@code detect --live} in this JVM, and says the same: see
 * {@link org.leaklab.live.LiveProbe}. It judges every virtual thread that is parked without a timeout: started by plain
 * {@link Thread}, an executor, a structured scope, or a launcher. It works with G1, Parallel and Serial. The probe
 * refuses to run where it could not tell anything, and {@link #probe} throws its sentence. All threads are put back
 * into the sets of the JDK after each collection, by a watchdog if the probe dies.
 *
 * <p>It works in one of two ways, whichever this JVM allows:
 *
 * <ul>
 *   <li>A child process of the same Java attaches to this JVM and loads an agent into it. This is the default. The JVM
 *       prints a warning that an agent was loaded, unless it runs with {@code -XX:+EnableDynamicAgentLoading}, and one
 *       class of leaklab stays on its class path. The Java must have the modules {@code jdk.attach} and
 *       {@code java.instrument}.
 *   <li>If the command line opens {@linkplain #OPENS these packages} to all unnamed modules, the probe runs at once,
 *       without a child process, an agent or a warning. This also works with {@code -XX:-EnableDynamicAgentLoading} and
 *       {@code -XX:+DisableAttachMechanism}.
 * </ul>
 *
 * <h2>Probes</h2>
 *
 * <p>Safe for use by several threads. All probes in a JVM run one after the other, whichever detector runs them. The
 * detectors of one launcher share what their probes found.
 */
public final class Reachability implements AutoCloseable {

    /**
     * The JVM options with which {@link #ofAllVirtualThreads} needs no child process. JDK 26 and later warn that they
     * have no {@code jdk.internal.ref}; leave this one out there.
     */
    public static final String OPENS = "--add-opens java.base/java.lang=ALL-UNNAMED"
            + " --add-opens java.base/java.lang.ref=ALL-UNNAMED"
            + " --add-opens java.base/java.util.concurrent=ALL-UNNAMED"
            + " --add-opens java.base/jdk.internal.misc=ALL-UNNAMED"
            + " --add-opens java.base/jdk.internal.ref=ALL-UNNAMED"
            + " --add-opens java.base/jdk.internal.vm=ALL-UNNAMED";

    private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

    /** Whose threads it judges. */
    private sealed interface Scope {}

    private record OneLauncher(Launcher launcher, boolean byCommand) implements Scope {}

    private record WholeJvm(Duration maxPause) implements Scope {}

    private final Scope scope;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Reachability(Scope scope) {
        this.scope = scope;
        if (scope instanceof OneLauncher one) {
            CollectableStart.attach(one.launcher());
        }
    }

    /**
     * Attaches a detector to a launcher. The detector can judge the virtual threads that the launcher starts from now
     * on. If the JVM runs with {@code -Djdk.trackAllThreads=false}, it can also judge those that the launcher started
     * before.
     */
    public static Reachability of(Launcher launcher) {
        return new Reachability(new OneLauncher(launcher, false));
    }

    /**
     * Attaches a detector in the same way as {@link #of}. Its probes collect garbage with the diagnostic command
     * {@code GC.run}. This command also works on a JVM with {@code -XX:+DisableExplicitGC}, so it overrides this
     * option.
     */
    public static Reachability byDiagnosticCommand(Launcher launcher) {
        return new Reachability(new OneLauncher(launcher, true));
    }

    /**
     * Creates a detector of all virtual threads of this JVM. Nothing is attached, and nothing runs, until a probe does.
     * A probe whose garbage collections are expected to stop the JVM for more than a second each is refused.
     */
    public static Reachability ofAllVirtualThreads() {
        return ofAllVirtualThreads(MAX_PAUSE);
    }

    /**
     * Creates a detector in the same way as {@link #ofAllVirtualThreads()}.
     *
     * @param maxPause a probe is refused if one garbage collection is expected to take longer, or if the first one did
     * @throws IllegalArgumentException if the time is not positive
     */
    public static Reachability ofAllVirtualThreads(Duration maxPause) {
        if (!maxPause.isPositive()) {
            throw new IllegalArgumentException("the longest pause must be positive, but is " + maxPause);
        }
        return new Reachability(new WholeJvm(maxPause));
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
     * <p>A probe of a launcher runs one to three garbage collections. If it finds a leaked thread that no earlier probe
     * found, and leaked threads come back, it runs one to three more. It also waits until the JVM has run finalizers,
     * up to 30 seconds in total. During the collections neither the detector nor the launcher holds the threads that
     * the probe judges.
     *
     * <p>A probe of all virtual threads runs two to five garbage collections, waits up to 10 seconds for finalizers
     * after each of them, and up to 60 seconds for the child process that loads the agent. It works in threads of its
     * own, which are daemons. If there is no result after 60 seconds more than the expected pauses, the probe fails. If
     * the current thread is interrupted, this method throws at once, while the probe goes on and puts all threads back;
     * another one is refused until then. Nothing else is left behind: temporary files are deleted when this method
     * returns, and the child process has ended.
     *
     * <p>If a recording of the JDK Flight Recorder is on, the probe and each leaked thread become events in it:
     * {@code org.leaklab.Probe} and {@code org.leaklab.LeakedThread}. Of threads with the same stack, a hundred do.
     *
     * @return what the probe found; check {@link Finding#sound()} before you trust an empty list
     * @throws IllegalStateException if the probe cannot run: for a launcher if explicit collections are disabled
     *     ({@code -XX:+DisableExplicitGC}) or the diagnostic command fails; for all virtual threads if the probe
     *     refuses or fails. The message is one sentence that names a way that is left.
     * @throws InterruptedException if the current thread is interrupted; the launcher then holds every thread again
     *     that still exists
     */
    public Finding probe() throws InterruptedException {
        return FlightEvents.recorded(() -> switch (scope) {
            case OneLauncher one -> probe(one);
            case WholeJvm jvm -> WholeProbe.run(jvm.maxPause());
        });
    }

    private static Finding probe(OneLauncher one) throws InterruptedException {
        if (!one.byCommand() && GarbageCollection.explicitIsOff()) {
            throw new IllegalStateException(
                    "a probe needs a garbage collection, but this JVM runs with -XX:+DisableExplicitGC:"
                            + " leave this option out, or attach with Reachability.byDiagnosticCommand,"
                            + " which overrides it");
        }
        return Probe.run(one.launcher(), one.byCommand());
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
     * @throws UnsupportedOperationException if this is a detector of all virtual threads, whose threads it does not
     *     know; {@code detect PID --live --reap N} interrupts them
     * @throws InterruptedException if the current thread is interrupted while it waits
     */
    public List<Launched> reap(Duration patience) throws InterruptedException {
        if (!(scope instanceof OneLauncher one)) {
            throw new UnsupportedOperationException("a detector of all virtual threads interrupts none: use detect "
                    + ProcessHandle.current().pid() + " --live --reap N");
        }
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(patience);
        List<Launched> leaked = Probe.alone(
                () -> one.launcher().live().stream().filter(Proof::holds).toList());
        leaked.forEach(launched -> launched.thread().interrupt());
        for (Launched launched : leaked) {
            launched.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
        return leaked.stream().filter(Launched::isLive).toList();
    }

    /**
     * Detaches from the launcher, if this is a detector of one. The launcher then starts its threads as it did before.
     * The threads that were found stay with the launcher. A second call does nothing.
     */
    @Override
    public void close() {
        if (!closed.getAndSet(true) && scope instanceof OneLauncher one) {
            CollectableStart.detach(one.launcher());
        }
    }
}
