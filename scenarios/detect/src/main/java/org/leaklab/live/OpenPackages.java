package org.leaklab.live;

import java.io.IOException;
import java.util.Properties;
import java.util.Set;
import org.leaklab.heapdump.process.Connection;
import org.leaklab.heapdump.process.OwnCommands;
import org.leaklab.heapdump.process.Target;

/**
 * Opens packages of {@code java.base} in this JVM while it runs, in place of {@code --add-opens} on its command line. A
 * child process of the same Java attaches to this JVM and loads an agent into it. The JVM prints a warning about that,
 * unless it runs with {@code -XX:+EnableDynamicAgentLoading}. One class of leaklab stays on its class path.
 */
public final class OpenPackages {

    private OpenPackages() {}

    /**
     * Opens packages to the module of a class, until this JVM ends.
     *
     * @param reader the class that will read the packages
     * @param packages packages of {@code java.base}
     * @throws ProbeRefusedException if this JVM runs with an option that forbids it; the message names the option
     * @throws IOException if the child process or the agent fails; the message is one sentence
     */
    public static void open(Class<?> reader, Set<String> packages) throws IOException {
        Properties properties = System.getProperties();
        if (properties.getProperty("leaklab.live", "").equals("off")) {
            throw new ProbeRefusedException(
                    "the JVM was started with -Dleaklab.live=off: it does not want an agent of leaklab");
        }
        Connection connection =
                new Connection(new Target(ProcessHandle.current().pid()), new OwnCommands(), properties);
        TargetFlags.checkLoading(connection);
        new LoadingInside().open(connection, reader, packages);
    }
}
