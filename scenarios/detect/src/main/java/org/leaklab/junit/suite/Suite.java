package org.leaklab.junit.suite;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.ConfigurationParameters;
import org.leaklab.core.text.Printable;
import org.leaklab.junit.suite.SuiteSettings.Mode;

/**
 * One run of JUnit that is watched: from the start of its first engine to the end of its last one.
 *
 * <p>Invariant: at most one run is watched in this JVM at a time. A run that begins meanwhile, such as one that a test
 * starts, is no suite of its own: its threads are those of the test. The check runs once, as soon as the tests of all
 * other engines have ended and the engine {@code leaklab} has been called, in whatever order that happens; or else when
 * the run ends. A thread is told of at most once in this JVM.
 *
 * <p>No lock is held while other code runs.
 */
final class Suite {

    private static final AtomicReference<@Nullable Suite> CURRENT = new AtomicReference<>();

    /** The runs that are under way on a thread, the innermost first; empty for one that is not watched. */
    private static final ThreadLocal<Deque<Optional<Suite>>> OF_THREAD = ThreadLocal.withInitial(ArrayDeque::new);

    /** The threads that were told of. Threads are not held. */
    private static final Set<Long> TOLD = ConcurrentHashMap.newKeySet();

    /** Whether it was printed that all is well, which once is enough where each class of tests is a run. */
    private static final AtomicBoolean WELL_TOLD = new AtomicBoolean();

    /** The same of a misspelt switch. */
    private static final AtomicBoolean MISSPELT_TOLD = new AtomicBoolean();

    private final SuiteSettings settings;
    private final SuiteKnown known;
    private final @Nullable String problem;
    private final List<String> misspelt;
    private final TestsSeen tests = new TestsSeen();
    private final Set<String> engines = ConcurrentHashMap.newKeySet();
    private final AtomicLong first = new AtomicLong(); // 0 until the first engine has begun
    private final AtomicBoolean finished = new AtomicBoolean();
    private final AtomicReference<@Nullable ResultTest> result = new AtomicReference<>();
    private volatile boolean somethingRan;

    /** @param problem why this run cannot be checked, or null */
    private Suite(
            SuiteSettings settings,
            SuiteKnown known,
            @Nullable String problem,
            List<String> misspelt,
            Set<String> engines) {
        this.settings = settings;
        this.known = known;
        this.problem = problem;
        this.misspelt = misspelt;
        this.engines.addAll(engines);
    }

    /**
     * Begins to watch a run on the current thread, if the user wants it.
     *
     * @param parameters the configuration parameters of JUnit
     * @param engines the unique ids of the other engines of this run
     * @return null if the run is not watched
     */
    static @Nullable Suite begin(ConfigurationParameters parameters, Set<String> engines) {
        Suite suite = CURRENT.get() == null ? wanted(parameters, engines) : null;
        if (suite != null && !CURRENT.compareAndSet(null, suite)) {
            suite = null;
        }
        OF_THREAD.get().push(Optional.ofNullable(suite));
        return suite;
    }

    private static @Nullable Suite wanted(ConfigurationParameters parameters, Set<String> engines) {
        Set<String> keys = parameters.keySet();
        List<String> misspelt = Misspelt.settings(keys);
        try {
            SuiteSettings settings = SuiteSettings.of(parameters);
            if (settings.mode() == Mode.OFF) {
                tellOnce(Misspelt.switches(keys));
                return null;
            }
            return new Suite(settings, SuiteKnown.read(settings), null, misspelt, engines);
        } catch (IllegalArgumentException | IOException e) {
            String why = Printable.of(String.valueOf(e.getMessage()));
            return new Suite(SuiteSettings.ofFailure(parameters), SuiteKnown.none(), why, misspelt, engines);
        }
    }

    private static void tellOnce(List<String> misspelt) {
        if (!misspelt.isEmpty() && !MISSPELT_TOLD.getAndSet(true)) {
            System.err.println("leaklab: " + String.join("; ", misspelt));
        }
    }

    /** Ends the run that began last on the current thread. */
    static void end(@Nullable Suite suite) {
        try {
            if (suite != null) {
                suite.finish();
            }
        } finally {
            Deque<Optional<Suite>> under = OF_THREAD.get();
            under.poll();
            if (under.isEmpty()) {
                OF_THREAD.remove();
            }
            if (suite != null) {
                CURRENT.compareAndSet(suite, null);
            }
        }
    }

    /** The watched run whose engines are called on the current thread, or null. */
    static @Nullable Suite ofThisThread() {
        Optional<Suite> innermost = OF_THREAD.get().peek();
        Suite suite = innermost == null ? null : innermost.orElse(null);
        return suite == null || suite.tests.isOnThisThread() ? null : suite;
    }

    /**
     * An engine has begun, or a part of it. Threads that are older than the first of them are none of the tests:
     * listeners start servers at the begin of a run, and they may hear of it later than we do.
     */
    void engineBegun() {
        if (first.get() == 0) {
            first.compareAndSet(0, TestsSeen.ThreadNumbers.next());
        }
    }

    /** A test has begun, or a class, whose own code may start threads even if none of its tests begins. */
    void begun(TestsSeen.Test test) {
        tests.begin(test);
        if (!somethingRan) {
            somethingRan = true;
        }
    }

    void ended(String id) {
        tests.end(id);
    }

    void engineEnded(String id) {
        if (engines.remove(id) && engines.isEmpty() && result.get() != null) {
            finish();
        }
    }

    /** The engine {@code leaklab} was called: from now on there is a test that can fail. */
    void canTell(ResultTest test) {
        result.set(test);
        if (engines.isEmpty()) {
            finish();
        }
    }

    private void finish() {
        if (finished.getAndSet(true)) {
            return;
        }
        ResultTest test = result.get();
        if (!somethingRan && problem == null) { // as when our own test alone is run again
            ReportFile.writeWithoutTests(settings);
            if (test != null) {
                test.tellSuccess(List.of());
            }
            return;
        }
        SuiteReport report = ReportFile.written(settings, looked().noting(misspelt));
        if (test != null && settings.lateEntries()) {
            report.left().forEach(test::tellTestOf);
        }
        boolean mustFail = settings.mode() == Mode.FAIL || report.broken() != null;
        if (test != null && mustFail && report.fails()) {
            test.tellFailure(report);
            return;
        }
        if (settings.mode() == Mode.REPORT || report.fails() || !WELL_TOLD.getAndSet(true)) {
            System.err.println("leaklab: " + report.text());
        }
        if (test != null) {
            test.tellSuccess(report.lines());
        } else if (mustFail && report.fails()) {
            System.err.println("leaklab: this run cannot fail of it, because the test engine \"" + SuiteEngine.ID
                    + "\" does not take part: include it where engines are chosen");
        }
    }

    private SuiteReport looked() {
        if (problem != null) {
            return SuiteReport.failed(problem);
        }
        try {
            return new SuiteLook(settings, known, tests, first.get(), TOLD).report();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return SuiteReport.failed("the check of the suite was interrupted");
        } catch (RuntimeException | LinkageError e) { // a check that failed must not look like a good one
            return SuiteReport.failed("the check of the suite failed: " + Printable.of(Printable.textOf(e)));
        }
    }

    /** For tests: as in a new JVM. */
    static void forget() {
        TOLD.clear();
        ReportFile.forget();
        WELL_TOLD.set(false);
        MISSPELT_TOLD.set(false);
    }
}
