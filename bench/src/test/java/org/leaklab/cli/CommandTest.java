package org.leaklab.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs commands in this JVM, as the jar would, and keeps what they say. */
abstract class CommandTest {

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    /** Runs one and returns its exit code; what it says is added to what those before it said. */
    final int execute(String... args) {
        CommandLine commands = Main.commands();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        return commands.execute(args);
    }
}
