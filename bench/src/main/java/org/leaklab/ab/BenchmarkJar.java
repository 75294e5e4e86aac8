package org.leaklab.ab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * A jar that runs benchmarks, of any project.
 *
 * @param path where it is
 * @param sha256 of its bytes, in hexadecimal digits
 * @param hasMain whether {@code java -jar} runs it; else JMH's own main class does
 */
public record BenchmarkJar(Path path, String sha256, boolean hasMain) {

    /** What JMH's annotation processor writes, and JMH reads. */
    private static final String LIST = "META-INF/BenchmarkList";

    private static final int SHORT = 12;

    /**
     * Looks at a jar.
     *
     * @throws IllegalArgumentException if it is no jar, or holds no benchmarks of JMH; the message says so in a
     *     sentence
     */
    public static BenchmarkJar of(Path path) {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IllegalArgumentException("there is no jar \"" + path
                    + "\" that can be read: bench ab takes two jars of benchmarks, then options of JMH");
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            if (jar.getEntry(LIST) == null) {
                throw new IllegalArgumentException("\"" + path + "\" holds no benchmarks of JMH (there is no " + LIST
                        + " in it): name the jar that JMH's build makes, as target/benchmarks.jar");
            }
            Manifest manifest = jar.getManifest();
            boolean hasMain =
                    manifest != null && manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) != null;
            return new BenchmarkJar(path, hash(path), hasMain);
        } catch (IOException e) {
            throw new IllegalArgumentException("\"" + path + "\" is no jar: " + e.getMessage(), e);
        }
    }

    private static String hash(Path path) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JDK has SHA-256", e);
        }
    }

    /** So much of the hash as tells jars apart. */
    public String shortHash() {
        return sha256.substring(0, SHORT);
    }

    /** The name of the file. */
    public String name() {
        return String.valueOf(path.getFileName());
    }

    /** What {@code java} runs. */
    List<String> command() {
        return hasMain ? List.of("-jar", path.toString()) : List.of("-cp", path.toString(), "org.openjdk.jmh.Main");
    }
}
