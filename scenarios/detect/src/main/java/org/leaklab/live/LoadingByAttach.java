package org.leaklab.live;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.process.Connection;
import org.leaklab.heapdump.process.Patience;

/** Attaches to another JVM and makes it load the agent. */
record LoadingByAttach(long pid) implements Loading {

    @Override
    public void load(Connection connection, Path folder) throws IOException {
        VirtualMachine machine = Patience.wait(pid, Patience.LIMIT, this::attached);
        try {
            String noted = machine.getAgentProperties().getProperty("leaklab.live.jar");
            try (AgentFiles files = AgentFiles.write(connection, noted)) {
                String arguments = files.probe() + "\t" + folder;
                Patience.wait(
                        pid, Patience.LIMIT, () -> loaded(machine, files.agent().toString(), arguments));
            }
        } finally {
            machine.detach();
        }
    }

    private VirtualMachine attached() throws IOException {
        try {
            return VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException e) {
            throw new IOException("cannot attach to process " + pid + " any more", e);
        }
    }

    private boolean loaded(VirtualMachine machine, String jar, String arguments) throws IOException {
        try {
            machine.loadAgent(jar, arguments);
            return true;
        } catch (AgentLoadException | AgentInitializationException e) {
            throw new IOException(notLoaded(pid, String.valueOf(e.getMessage())), e);
        }
    }

    static String notLoaded(long pid, String why) {
        return "process " + pid + " cannot load the probe: " + Printable.of(why)
                + "; its Java must have the module java.instrument";
    }
}
