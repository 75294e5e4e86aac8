package org.leaklab.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Where the answer of a command goes: to standard output, or to a file, which has a temporary name until it is
 * complete.
 *
 * @param file the file, or null for standard output
 * @param command what was called
 */
record Answer(@Nullable Path file, CommandLine command) {

    /** What is to be printed; a hundred thousand threads in JSON are more than a string should hold. */
    interface Body<W> {
        void to(W out) throws IOException;
    }

    /**
     * Says early that the file cannot be written: before a process has to stand still for it.
     *
     * @throws IllegalArgumentException if it is a folder, or would stand in none; the message is one sentence
     */
    void check() {
        if (file != null && Files.isDirectory(file)) {
            throw new IllegalArgumentException("-o names a file to write, and " + file + " is a folder");
        }
        if (file != null) {
            checkFolder("-o", file);
        }
    }

    /**
     * Says early that there is no folder for a file.
     *
     * @param option what names the file
     */
    static void checkFolder(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no folder " + folder + " for the file of " + option);
        }
    }

    /** Whether colors can be shown, and how. */
    Ansi ansi() {
        return file == null ? command.getColorScheme().ansi() : Ansi.OFF;
    }

    /** Prints lines for people. A terminal that has no arrow would show a question mark. */
    void text(String text) throws IOException {
        Charset terminal = Charset.forName(System.getProperty("stdout.encoding", "UTF-8"), StandardCharsets.UTF_8);
        boolean readable = file != null || terminal.newEncoder().canEncode('→');
        print(out -> out.write(readable ? text : text.replace("→", "->")));
    }

    void print(Body<Writer> text) throws IOException {
        if (file == null) {
            PrintWriter out = command.getOut();
            text.to(out);
            out.flush();
        } else {
            write(bytes -> {
                Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
                text.to(out);
                out.flush();
            });
        }
    }

    void write(Body<OutputStream> bytes) throws IOException {
        if (file == null) {
            bytes.to(System.out);
            System.out.flush();
            return;
        }
        try (PartFile part = new PartFile(file)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part.path()))) {
                bytes.to(out);
            }
            part.complete();
        }
    }
}
