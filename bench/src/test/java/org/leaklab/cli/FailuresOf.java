package org.leaklab.cli;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the tests of a class and prints why each fails, as Surefire's summary does. */
final class FailuresOf {

    private FailuresOf() {}

    public static void main(String[] args) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(args[0]))
                .build();
        LauncherFactory.create().execute(request, listener);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        listener.getSummary()
                .getFailures()
                .forEach(failure -> out.println(args[0] + "."
                        + failure.getTestIdentifier().getDisplayName().replace("()", "") + " "
                        + failure.getException().getMessage()));
        System.exit(0);
    }
}
