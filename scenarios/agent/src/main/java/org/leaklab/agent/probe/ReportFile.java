package org.leaklab.agent.probe;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The report as a text file that only its owner can read. It appears under its name when it is complete.
 *
 * <p>A line has words with tabs between them. In a word, {@code \t}, {@code \n}, {@code \r} and {@code \\} stand for
 * these characters, and {@code \0} alone for no word. The last line is {@code end}.
 */
final class ReportFile implements AutoCloseable {

    static final String NAME = "report";

    private final Path folder;
    private final BufferedWriter out;

    ReportFile(Path folder) throws IOException {
        this.folder = folder;
        Path part = folder.resolve(NAME + ".part");
        Files.deleteIfExists(part);
        FileAttribute<?>[] mode =
                part.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        this.out = new BufferedWriter(new OutputStreamWriter(
                Channels.newOutputStream(Files.newByteChannel(
                        part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)),
                StandardCharsets.UTF_8));
        line("leaklab-live", "1");
        line("jdk", Runtime.version().toString());
        line("at", Long.toString(System.currentTimeMillis()));
    }

    void line(@Nullable String... words) throws IOException {
        for (int i = 0; i < words.length; i++) {
            if (i > 0) {
                out.write('\t');
            }
            out.write(escaped(words[i]));
        }
        out.write('\n');
    }

    /** A line, and one more for each frame. */
    void line(StackTraceElement[] stack, @Nullable String... words) throws IOException {
        List<@Nullable String> all = new ArrayList<>(Arrays.asList(words));
        all.add(Integer.toString(stack.length));
        line(all.toArray(new String[0]));
        for (StackTraceElement frame : stack) {
            line(
                    frame.getClassLoaderName(),
                    frame.getModuleName(),
                    frame.getModuleVersion(),
                    frame.getClassName(),
                    frame.getMethodName(),
                    frame.getFileName(),
                    Integer.toString(frame.getLineNumber()));
        }
    }

    private static String escaped(@Nullable String word) {
        if (word == null) {
            return "\\0";
        }
        return word.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /** Gives the file its name. */
    void publish() throws IOException {
        line("end");
        out.close();
        Files.move(folder.resolve(NAME + ".part"), folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
