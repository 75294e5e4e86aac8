/**
 * Finds threads that can never be woken: in this process, in tests, and in a heap dump of any JVM.
 *
 * <p>Two modules are needed only at run time, by those who use what needs them, and are resolved only if another module
 * requires them: {@code com.google.protobuf} for profiles in the format of pprof, and {@code org.junit.jupiter.api} for
 * {@link org.leaklab.junit.VerifyNoLeaks}.
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
