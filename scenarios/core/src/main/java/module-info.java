/** Go-like primitives over platform and virtual threads, and the five patterns of structured concurrency. */
module org.leaklab.core {
    requires static transitive org.jspecify;

    exports org.leaklab.core;
    exports org.leaklab.core.live to
            org.leaklab.detect;
    exports org.leaklab.pattern;
}
