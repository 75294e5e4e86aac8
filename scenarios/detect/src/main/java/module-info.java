/** Finds threads that can never be woken: in this process, in tests, and in a heap dump of any JVM. */
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
}
