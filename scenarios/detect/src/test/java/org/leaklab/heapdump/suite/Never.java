package org.leaklab.heapdump.suite;

import java.util.concurrent.ForkJoinTask;

/** A task of a fork-join pool that nobody forks. */
final class Never extends ForkJoinTask<Object> {

    private static final long serialVersionUID = 1;

    @Override
    public Object getRawResult() {
        return this;
    }

    @Override
    protected void setRawResult(Object value) {}

    @Override
    protected boolean exec() {
        return false; // not complete, though it ran
    }
}
