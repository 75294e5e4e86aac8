package org.leaklab.junit.suite;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/**
 * The test of the engine {@code leaklab}: it fails if a thread was left behind. It is registered when it is told, so
 * that no filter of tests leaves it out, and so that a class without tests does not seem to have one.
 *
 * <p>It may be told after the engine has returned: the platform calls engines one after the other, and ours may be the
 * first. So the engine reports nothing by itself. What the platform then holds back is the end of its own object for
 * the engine; it hears of a twin with the same id. For listeners the engine runs last, whenever it was called.
 *
 * <p>The test has the source of a class, because Surefire only counts tests that have one.
 *
 * <p>Report entries are published while the test is under way, or the engine if there is no test to tell: tools take an
 * entry for what is under way.
 */
final class ResultTest {

    private static final String CONTAINER = "ThreadsLeftBehind";
    private static final String TEST = "no test left a thread behind";

    private final EngineExecutionListener listener;
    private final UniqueId engine;

    ResultTest(EngineExecutionListener listener, UniqueId engine) {
        this.listener = listener;
        this.engine = engine;
    }

    /** Tells that the engine has run, and what it has found; nothing else. */
    void tellSuccess(List<String> entries) {
        EngineDescriptor root = new EngineDescriptor(engine, SuiteEngine.ID);
        listener.executionStarted(root);
        entries.forEach(each -> publish(root, each));
        listener.executionFinished(root, TestExecutionResult.successful());
    }

    /** Tells that the test has failed. */
    void tellFailure(SuiteReport report) {
        EngineDescriptor root = new EngineDescriptor(engine, SuiteEngine.ID);
        Described container = new Described(
                engine.append("class", CONTAINER),
                CONTAINER,
                ClassSource.from(ThreadsLeftBehind.class),
                TestDescriptor.Type.CONTAINER);
        Described test =
                new Described(container.getUniqueId().append("test", TEST), TEST, null, TestDescriptor.Type.TEST);
        root.addChild(container);
        container.addChild(test);
        listener.executionStarted(root);
        listener.dynamicTestRegistered(container);
        listener.executionStarted(container);
        listener.dynamicTestRegistered(test);
        listener.executionStarted(test);
        report.lines().forEach(each -> publish(test, each));
        listener.executionFinished(test, TestExecutionResult.failed(new ThreadsLeftBehind(report.text())));
        listener.executionFinished(container, TestExecutionResult.successful());
        listener.executionFinished(root, TestExecutionResult.successful());
    }

    /** Adds an entry to the test that left a thread, if it is known which one did. That test has ended. */
    void tellTestOf(LeftThread thread) {
        if (thread.starter().tests().size() == 1) {
            TestsSeen.Test by = thread.starter().tests().getFirst();
            publish(
                    new Described(UniqueId.parse(by.id()), by.name(), null, TestDescriptor.Type.TEST),
                    SuiteReport.line(thread));
        }
    }

    private void publish(TestDescriptor test, String entry) {
        listener.reportingEntryPublished(test, ReportEntry.from("leaklab", entry));
    }

    private static final class Described extends AbstractTestDescriptor {
        private final @Nullable TestSource source;
        private final Type type;

        Described(UniqueId id, String name, @Nullable TestSource source, Type type) {
            super(id, name);
            this.source = source;
            this.type = type;
        }

        @Override
        public Optional<TestSource> getSource() {
            return Optional.ofNullable(source);
        }

        @Override
        public Type getType() {
            return type;
        }
    }
}
