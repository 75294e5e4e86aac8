/**
 * Go-like primitives for platform and virtual threads, and the five patterns of structured concurrency.
 *
 * <p>Start at {@link org.leaklab.core.Launcher} for the primitives and at {@link org.leaklab.pattern} for the patterns.
 */
module org.leaklab.core {
    requires java.management;
    requires static transitive org.jspecify;

    exports org.leaklab.core;
    exports org.leaklab.core.live to
            org.leaklab.detect,
            org.leaklab.scenarios;
    exports org.leaklab.core.text to
            org.leaklab.detect,
            org.leaklab.scenarios;
    exports org.leaklab.pattern;
}
