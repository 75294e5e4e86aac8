package org.leaklab.exercise.trial;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a trial found. If the ending is right, all rounds were.
 *
 * @param ending how the last round ended that was run
 * @param round its number; the first is 1
 * @param cancelled whether the work was interrupted in it
 * @param delayed whether it had delays
 * @param uncaught the exceptions that ended other threads of that round, each with its thread and line
 */
public record TrialResult(Ending ending, int round, boolean cancelled, boolean delayed, List<String> uncaught)
        implements Serializable {

    /** Copies the list. */
    public TrialResult {
        uncaught = List.copyOf(uncaught);
    }

    /** Where the child writes it. */
    static Path file(Path folder) {
        return folder.resolve("result");
    }

    /** Whether a child has written one. */
    public static boolean isIn(Path folder) {
        return Files.exists(file(folder));
    }

    /** Reads what the child has written. */
    public static TrialResult read(Path folder) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file(folder)))) {
            return (TrialResult) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("a class of the result is not on this class path", e);
        }
    }

    /** Writes it under another name first: a child that is killed leaves no half of it. */
    void write(Path folder) throws IOException {
        Path part = folder.resolve("result.part");
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(part))) {
            out.writeObject(this);
        }
        Files.move(part, file(folder));
    }
}
