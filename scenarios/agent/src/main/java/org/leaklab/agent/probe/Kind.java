package org.leaklab.agent.probe;

/** What holds a virtual thread from its start to its end, besides itself. */
enum Kind {
    /** The JDK's set of all threads that no container has started. */
    ROOT,
    /** The set of an executor with a thread for each task. */
    EXECUTOR,
    /** The set of another executor. */
    POOL,
    /** The set of a structured scope. */
    SCOPE,
    /** The list of a launcher of leaklab, beside the JDK's set or alone. */
    LAUNCHER;

    String word() {
        return switch (this) {
            case ROOT -> "root";
            case EXECUTOR -> "executor";
            case POOL -> "pool";
            case SCOPE -> "scope";
            case LAUNCHER -> "launcher";
        };
    }
}
