package org.leaklab.alone;

import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.ThreadSource;
import org.leaklab.serve.ProfileServer;

/** {@code ServesAndReturns DAEMON} starts a server, prints its port, and lets its main thread end. */
public final class ServesAndReturns {

    private ServesAndReturns() {}

    /** Starts a server and returns. */
    public static void main(String[] args) {
        ProfileServer server = ProfileServer.builder(ThreadSource.of(Launcher.of(ThreadKind.PLATFORM)))
                .daemon(Boolean.parseBoolean(args[0]))
                .start();
        System.out.println(server.address().getPort());
    }
}
