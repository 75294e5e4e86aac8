package org.leaklab.core;

/** What a launched thread runs. It may fail in any way; the launcher keeps the failure. */
@FunctionalInterface
public interface Task {
    /** Runs the task on the launched thread. */
    void run() throws Exception;
}
