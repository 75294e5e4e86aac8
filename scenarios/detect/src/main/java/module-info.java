/**
 * Finds threads that can never be woken: in this process, in tests, and in a heap dump of any JVM.
 *
 * <p>Start at {@link org.leaklab.detect} for this process, at {@link org.leaklab.junit.VerifyNoLeaks} for tests, and at
 * {@link org.leaklab.heapdump.HeapDump} for a heap dump.
 *
 * <p>Two modules are optional. Profiles in the format of pprof need {@code com.google.protobuf}, and
 * {@link org.leaklab.junit.VerifyNoLeaks} needs {@code org.junit.jupiter.api}. The JVM does not resolve either of them
 * unless another module requires it or {@code --add-modules} names it.
 */
module org.leaklab.detect {
    requires transitive org.leaklab.core;
    requires java.management;
    requires java.management.rmi;
    requires jdk.attach;
    requires jdk.httpserver;
    requires jdk.management;
    requires org.objectweb.asm;
    requires org.objectweb.asm.tree;
    requires org.objectweb.asm.tree.analysis;
    requires static com.google.protobuf;
    requires static transitive org.jspecify;
    requires static org.junit.jupiter.api;

    exports org.leaklab.detect;
    exports org.leaklab.heapdump;
    exports org.leaklab.junit;
    exports org.leaklab.serve;

    opens org.leaklab.junit to
            org.junit.platform.commons; // which makes the extension of @VerifyNoLeaks
}
