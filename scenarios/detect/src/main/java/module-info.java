/**
 * Finds threads that can never be woken: in this process, in tests, and in a heap dump of any HotSpot JVM.
 *
 * <p>Start with the package {@link org.leaklab.detect} for this process, {@link org.leaklab.junit} for tests,
 * {@link org.leaklab.serve} for profiles over HTTP, {@link org.leaklab.heapdump} for heap dumps, or
 * {@link org.leaklab.live} for the virtual threads of another process without a dump.
 *
 * <p>Some modules are optional. {@link org.leaklab.detect.Pprof} needs {@code com.google.protobuf} to write profiles in
 * the format of pprof. {@link org.leaklab.junit.VerifyNoLeaks} needs {@code org.junit.jupiter.api}. The check of a
 * whole suite needs {@code org.junit.platform.engine} and {@code org.junit.platform.launcher}. The JVM resolves each of
 * them only if another module requires it or the command line adds it. For the same reason the check of a suite is not
 * provided as a service here, but in {@code META-INF/services}, for the class path alone: JDK 21 does not start with a
 * module that provides a service of a module that is not there.
 */
module org.leaklab.detect {
    requires transitive org.leaklab.core;
    requires java.management;
    requires jdk.attach;
    requires jdk.jfr;
    requires jdk.management;
    requires org.objectweb.asm;
    requires org.objectweb.asm.tree;
    requires org.objectweb.asm.tree.analysis;
    requires static com.google.protobuf;
    requires static transitive org.jspecify;
    requires static org.junit.jupiter.api;
    requires static org.junit.platform.engine;
    requires static org.junit.platform.launcher;

    exports org.leaklab.detect;
    exports org.leaklab.heapdump;
    exports org.leaklab.junit;
    exports org.leaklab.live;
    exports org.leaklab.serve;

    opens org.leaklab.junit to
            org.junit.platform.commons; // which makes the extension of @VerifyNoLeaks
}
