package org.leaklab.junit.suite;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a listener hears when test classes run with the check of a suite. */
final class SuiteRun implements TestExecutionListener {

    static final Map<String, String> FAIL = Map.of(SuiteSettings.VERIFY, "fail");

    /** The names of what began and ended, in order: {@code +} and {@code -} before them. */
    final List<String> events = Collections.synchronizedList(new ArrayList<>());

    /** The entries that were published, behind the name of their test. */
    final List<String> entries = Collections.synchronizedList(new ArrayList<>());

    private final List<TestExecutionResult> results = Collections.synchronizedList(new ArrayList<>());

    private SuiteRun() {}

    /** The same settings, and one more. */
    static Map<String, String> and(Map<String, String> settings, String key, Object value) {
        Map<String, String> both = new HashMap<>(settings);
        both.put(key, value.toString());
        return both;
    }

    static SuiteRun of(Map<String, String> settings, Class<?>... classes) {
        return of(LauncherFactory.create(), settings, classes);
    }

    /** As in a JVM that has told of nothing yet. No probe runs unless the settings say so: it takes a second. */
    static SuiteRun of(Launcher launcher, Map<String, String> settings, Class<?>... classes) {
        Suite.forget();
        return again(launcher, settings, classes);
    }

    static SuiteRun again(Launcher launcher, Map<String, String> settings, Class<?>... classes) {
        Map<String, String> all = new HashMap<>(Map.of(SuiteSettings.ATTACH, "false"));
        all.putAll(settings);
        LauncherDiscoveryRequestBuilder request =
                LauncherDiscoveryRequestBuilder.request().configurationParameters(all);
        for (Class<?> each : classes) {
            request.selectors(selectClass(each));
        }
        SuiteRun run = new SuiteRun();
        launcher.execute(request.build(), run);
        return run;
    }

    /** Whether the suite has passed. */
    boolean passes() {
        return results.stream().allMatch(each -> each.getStatus() == TestExecutionResult.Status.SUCCESSFUL);
    }

    /** Why the suite has failed: the messages of all that has failed. */
    String failure() {
        StringBuilder text = new StringBuilder();
        results.forEach(each -> each.getThrowable()
                .ifPresent(thrown -> text.append(thrown.getMessage()).append('\n')));
        return text.toString();
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        events.add("+" + test.getDisplayName());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        events.add("-" + test.getDisplayName());
        results.add(result);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        events.add("end");
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        entries.add(test.getDisplayName() + ": " + entry.getKeyValuePairs().get("leaklab"));
    }
}
