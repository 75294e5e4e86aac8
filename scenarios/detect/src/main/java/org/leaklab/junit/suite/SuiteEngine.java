package org.leaklab.junit.suite;

import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/** The engine that lends the check of a suite its test. It finds no tests of its own. */
public final class SuiteEngine implements TestEngine {

    static final String ID = "leaklab";

    /** Called by JUnit. */
    public SuiteEngine() {}

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
        return new EngineDescriptor(id, ID);
    }

    @Override
    public void execute(ExecutionRequest request) {
        TestDescriptor root = request.getRootTestDescriptor();
        EngineExecutionListener listener = request.getEngineExecutionListener();
        Suite suite = root.getUniqueId().getSegments().size() == 1 ? Suite.ofThisThread() : null;
        if (suite == null) { // switched off, or an engine inside another one
            listener.executionStarted(root);
            listener.executionFinished(root, TestExecutionResult.successful());
        } else {
            suite.canTell(new ResultTest(listener, root.getUniqueId()));
        }
    }
}
