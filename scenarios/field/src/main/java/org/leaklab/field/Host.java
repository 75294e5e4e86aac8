package org.leaklab.field;

import java.io.IOException;
import org.leaklab.core.ThreadKind;

/** {@code Host PROGRAM KIND} runs one program, says "ready", and ends when its standard input does. */
public final class Host {

    private Host() {}

    /** Starts the program of this class name, with threads of this kind. */
    public static void main(String[] args) throws Exception {
        Thread end = new Thread(Host::endWithInput, "end of input");
        end.setDaemon(true);
        end.start();
        started(Class.forName(args[0]).asSubclass(Program.class), new Threads(ThreadKind.valueOf(args[1])))
                .stay();
    }

    private static Program started(Class<? extends Program> type, Threads threads) throws Exception {
        Program program = type.getDeclaredConstructor().newInstance();
        program.start(threads);
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
