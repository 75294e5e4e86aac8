package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code report} writes its page whole, or says in a sentence why not and leaves what was there. */
@Tag("once")
class ReportCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(Object... args) {
        CommandLine commands = Main.commands();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        return commands.execute(words);
    }

    @Test
    void writesAPageThatStandsAlone() throws IOException {
        Path page = folder.resolve("page.html");
        assertThat(execute("report", "../results", "-o", page))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(page)).startsWith("<!doctype html>").containsPattern("</html>\\s*$");
        assertThat(out.toString()).contains("page.html: ").endsWith(" KB\n");
        assertThat(folder).as("nothing partial is left").isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void leavesThePageThatWasThereWhereTheInputIsBad() throws IOException {
        Path page = Files.writeString(folder.resolve("page.html"), "of before");
        assertThat(execute("report", Files.writeString(folder.resolve("bad.json"), "{"), "-o", page))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("report: \"", "bad.json", "is not JSON")
                .hasLineCount(1);
        assertThat(page).hasContent("of before");
        assertThat(execute("report")).isEqualTo(2);
    }

    @Test
    void refusesWhereNoFileCanBe() {
        assertThat(execute("report", "../results", "-o", folder)).isEqualTo(2);
        assertThat(execute("report", "../results", "-o", folder.resolve("nowhere/page.html")))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("-o is a file in a folder that exists")
                .hasLineCount(2);
    }
}
