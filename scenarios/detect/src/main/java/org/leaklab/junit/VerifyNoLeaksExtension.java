package org.leaklab.junit;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.leaklab.detect.LeakCheck;
import org.leaklab.detect.Origin;
import org.leaklab.detect.ProbeWatch;
import org.leaklab.detect.ThreadSource;
import org.leaklab.junit.suite.JUnitThreads;

/**
 * Opens an origin for each test on the thread that runs it, and looks for the origin's threads after it.
 *
 * <p>Invariant: of a thread whose origin is not known, a test is accused only when no other verified test was under way
 * between its start and its end; the number of tests that began tells. An origin that is not the one of a test under
 * way counts as not known: a pool hands the origin of the test that made its threads to what later tests start there.
 */
final class VerifyNoLeaksExtension implements BeforeEachCallback, AfterEachCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(VerifyNoLeaksExtension.class);

    /** Which tests are under way, and how many began so far. */
    private static final class Tests {
        private final Set<Origin> underWay = new HashSet<>();
        private long begun;
    }

    private static final Tests TESTS = new Tests();

    /** One test: what lived before it, and whether it was alone when it began. */
    private record Running(Origin origin, Origin.Opened opened, Set<Long> before, boolean alone, long number) {}

    @Override
    public void beforeEach(ExtensionContext context) {
        Origin origin = new Origin(context.getUniqueId());
        boolean alone;
        long number;
        synchronized (TESTS) {
            alone = TESTS.underWay.isEmpty();
            TESTS.underWay.add(origin);
            TESTS.begun++;
            number = TESTS.begun;
        }
        boolean begun = false;
        try {
            Set<Long> before = new HashSet<>();
            ProbeWatch.whole(ThreadSource.jvm()::threads)
                    .forEach(watched -> before.add(watched.thread().threadId()));
            context.getStore(NAMESPACE).put(Running.class, new Running(origin, origin.open(), before, alone, number));
            begun = true;
        } finally {
            if (!begun) { // then afterEach finds nothing to end
                end(origin);
            }
        }
    }

    private static void end(Origin origin) {
        synchronized (TESTS) {
            TESTS.underWay.remove(origin);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        Running running = context.getStore(NAMESPACE).remove(Running.class, Running.class);
        if (running == null) {
            return;
        }
        running.opened.close();
        try {
            check(context, running).verifyNone();
        } finally {
            end(running.origin);
        }
    }

    private static LeakCheck check(ExtensionContext context, Running running) {
        LeakCheck check = LeakCheck.of(ThreadSource.jvm())
                .only(watched -> belongs(watched, running))
                .ignore(JUnitThreads::isTimer);
        annotation(context).ifPresent(wanted -> {
            if (wanted.onlyLaunchers()) {
                check.onlyLaunchers();
            }
            check.retry(wanted.attempts(), Duration.ofMillis(wanted.longestPauseMillis()));
            for (String name : wanted.ignoreNames()) {
                check.ignoreName(name);
            }
            for (String method : wanted.ignoreTop()) {
                check.ignoreTop(method);
            }
            for (String method : wanted.ignoreAny()) {
                check.ignoreAny(method);
            }
            for (String creator : wanted.ignoreCreators()) {
                check.ignoreCreator(creator);
            }
        });
        return check;
    }

    /** Asked at each look anew: another test may have begun since the last one. */
    private static boolean belongs(ThreadSource.Watched watched, Running running) {
        Origin origin = watched.launched() == null ? null : Origin.of(watched.launched());
        if (origin == running.origin) {
            return true;
        }
        boolean alone;
        synchronized (TESTS) {
            if (origin != null && TESTS.underWay.contains(origin)) {
                return false;
            }
            alone = running.alone && TESTS.begun == running.number;
        }
        return alone
                && !running.before.contains(watched.thread().threadId())
                && !JUnitThreads.isWorker(watched.thread());
    }

    private static Optional<VerifyNoLeaks> annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), VerifyNoLeaks.class)
                .or(() -> AnnotationSupport.findAnnotation(context.getTestClass(), VerifyNoLeaks.class));
    }
}
