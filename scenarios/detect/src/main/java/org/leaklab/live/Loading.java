package org.leaklab.live;

import java.io.IOException;
import java.nio.file.Path;
import org.leaklab.heapdump.process.Connection;

/** A way to start the probe in a JVM. */
interface Loading {

    /**
     * Starts the probe, which goes on when this method has returned.
     *
     * @param connection the JVM
     * @param folder where the options are and the report will be, as that JVM sees it
     * @throws ProbeRefusedException if the JVM runs with an option that does not allow it
     * @throws IOException if that fails, does not come about in time, or the current thread is interrupted, whose
     *     interrupt flag is set then
     */
    void load(Connection connection, Path folder) throws IOException;
}
