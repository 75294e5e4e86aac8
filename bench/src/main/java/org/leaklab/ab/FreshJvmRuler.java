package org.leaklab.ab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the ruler in a JVM of its own, that compiles in one way only and collects nothing. */
public final class FreshJvmRuler implements Ruler {

    private static final List<String> OPTIONS =
            List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms32m", "-Xmx32m");

    @Override
    public Reading read() throws IOException, InterruptedException {
        String said = output(RulerMain.class, List.of());
        String[] words = said.strip().split(" ");
        try {
            return new Reading(
                    Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("the ruler did not say how fast the machine is, but: " + said.strip(), e);
        }
    }

    /** What a main class of leaklab's prints, run in such a JVM. */
    static String output(Class<?> main, List<String> properties) throws IOException, InterruptedException {
        Path out = Files.createTempFile("leaklab-ruler", ".txt");
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(OPTIONS);
            command.addAll(properties);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
            int exit = ChildJvm.run(
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()));
            String said = Files.readString(out);
            if (exit != 0) {
                throw new IOException("the JVM of the ruler ended with exit code " + exit + ": " + said.strip());
            }
            return said;
        } finally {
            Files.deleteIfExists(out);
        }
    }
}
