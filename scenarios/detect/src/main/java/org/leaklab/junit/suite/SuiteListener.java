package org.leaklab.junit.suite;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Tells the {@link Suite} which tests begin and end. While nothing is switched on, it only asks whether that is so, and
 * whether the switch was misspelt.
 */
public final class SuiteListener implements TestExecutionListener {

    private static final String ENGINE = "[engine:" + SuiteEngine.ID + "]";

    private volatile @Nullable Suite suite;

    /** How many runs this listener hears of: one, but for a launcher that is used again by a test of its own. */
    private final AtomicInteger runs = new AtomicInteger();

    /** Called by JUnit. */
    public SuiteListener() {}

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Set<String> engines = plan.getRoots().stream()
                .map(TestIdentifier::getUniqueId)
                .filter(id -> !id.equals(ENGINE))
                .collect(Collectors.toSet());
        Suite begun = Suite.begin(plan.getConfigurationParameters(), engines);
        if (runs.getAndIncrement() == 0) {
            suite = begun;
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        boolean last = runs.decrementAndGet() == 0;
        Suite.end(last ? suite : null);
        if (last) {
            suite = null;
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        Suite watched = suite;
        if (watched == null || isOurs(test)) {
            return;
        }
        watched.engineBegun();
        if (test.getParentId().isPresent()) {
            watched.begun(new TestsSeen.Test(test.getUniqueId(), name(test), type(test)));
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Suite watched = suite;
        if (watched == null) {
            return;
        }
        if (test.getParentId().isPresent()) {
            watched.ended(test.getUniqueId());
        } else {
            engineEnded(watched, test);
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        Suite watched = suite;
        if (watched != null && test.getParentId().isEmpty()) {
            engineEnded(watched, test);
        }
    }

    private void engineEnded(Suite watched, TestIdentifier engine) {
        if (runs.get() == 1) { // else it may be that of the inner run, and has the same id
            watched.engineEnded(engine.getUniqueId());
        }
    }

    private static boolean isOurs(TestIdentifier test) {
        return test.getUniqueId().startsWith(ENGINE);
    }

    private static String name(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        String shown = test.getDisplayName();
        if (source instanceof MethodSource method) {
            String name = method.getMethodName() + "()";
            boolean plain = shown.equals(name) || shown.equals(method.getMethodName());
            return method.getClassName() + "." + name + (plain ? "" : " " + shown);
        }
        return source instanceof ClassSource of ? of.getClassName() : shown;
    }

    private static String type(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        if (source instanceof MethodSource method) {
            return method.getClassName();
        }
        return source instanceof ClassSource of ? of.getClassName() : test.getDisplayName();
    }
}
