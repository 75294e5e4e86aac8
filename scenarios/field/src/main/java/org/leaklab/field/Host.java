package org.leaklab.field;

import java.io.IOException;
import org.leaklab.core.ThreadKind;

/** {@code Host PROGRAM KIND} runs one program, says "ready", and ends when its standard input does. */
public final class Host {

    private Host() {}

    /** Starts the program of this class name, with threads of this kind. */
    public static void main(String[] args) throws Exception {
        started(args).stay();
    }

    /** Starts a program and returns, for a program that has a {@code main} of its own. */
    public static Program started(String... args) throws Exception {
        Thread end = new Thread(Host::endWithInput, "end of input");
        end.setDaemon(true);
        end.start();
        Program program = Class.forName(args[0])
                .asSubclass(Program.class)
                .getDeclaredConstructor()
                .newInstance();
        program.start(new Threads(ThreadKind.valueOf(args[1])));
        System.out.println("ready");
        System.out.flush();
        return program;
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // nothing is said
            }
        } catch (IOException e) {
            // the end too
        }
        Runtime.getRuntime().halt(0);
    }
}
