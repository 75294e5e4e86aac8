/** The tests of a service, as a module of their own. */
open module org.example.service.tests {
    requires java.net.http;
    requires org.junit.jupiter;
    requires org.junit.platform.launcher;
    requires org.leaklab.detect;
}
