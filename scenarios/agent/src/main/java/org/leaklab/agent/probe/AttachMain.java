package org.leaklab.agent.probe;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;

/**
 * A process of its own that loads the agent into the JVM that has started it: a JVM must not attach to itself. It says
 * on its last line why it could not.
 */
public final class AttachMain {

    /** The exit code if the JVM cannot be attached to. */
    private static final int NOT_ATTACHED = 3;

    /** The exit code if the JVM does not load the agent. */
    private static final int NOT_LOADED = 4;

    private AttachMain() {}

    /** Takes the process, the agent's jar and the agent's arguments. */
    public static void main(String[] arguments) {
        System.exit(load(arguments[0], arguments[1], arguments[2]));
    }

    private static int load(String pid, String jar, String options) {
        try {
            VirtualMachine machine = VirtualMachine.attach(pid);
            try {
                machine.loadAgent(jar, options);
                return 0;
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            System.out.println(e.getMessage());
            return NOT_ATTACHED;
        } catch (AgentLoadException | AgentInitializationException e) {
            System.out.println(e.getMessage());
            return NOT_LOADED;
        }
    }
}
