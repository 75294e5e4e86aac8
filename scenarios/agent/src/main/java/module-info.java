/**
 * The probe that leaklab loads into a running JVM. It is a module of a layer of its own there, so that what is opened
 * to it is open to nobody else: no package of it can be looked into, and only what starts a probe can be called.
 */
module org.leaklab.agent {
    requires static java.instrument; // of the agent, which is no part of the module when it runs
    requires static java.management;
    requires static jdk.attach;
    requires static jdk.management;
    requires static org.jspecify;
}
