package org.leaklab.bench.memory;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** What {@code jcmd} asks of a JVM, asked of this one. */
final class DiagnosticCommand {

    private DiagnosticCommand() {}

    static String run(String operation, String... arguments) {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            operation,
                            new Object[] {arguments},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("the diagnostic command " + operation + " failed: " + e.getMessage(), e);
        }
    }
}
