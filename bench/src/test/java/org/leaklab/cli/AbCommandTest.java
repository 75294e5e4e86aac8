package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bench ab} refuses, in a sentence; what it measures is the business of the test of the jar. */
@Tag("once")
class AbCommandTest extends CommandTest {

    @TempDir
    Path folder;

    private Path jar(String name, String... entries) throws IOException {
        Path file = folder.resolve(name);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                jar.putNextEntry(new ZipEntry(entry));
                jar.closeEntry();
            }
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GOOD | Missing required parameter: 'NEW.jar' (bench ab --help shows what it takes)",
                "GOOD no.jar | there is no jar \"no.jar\" that can be read: bench ab takes two jars",
                "GOOD PLAIN | \"PLAIN\" holds no benchmarks of JMH (there is no META-INF/BenchmarkList in it)",
                "GOOD GOOD -f 3 | JMH's option -f contradicts bench ab",
                "GOOD GOOD Queue --piars 3 | there is no option \"--piars\"",
                "GOOD GOOD --pairs 0 | --pairs is at least 1, not 0",
                "GOOD GOOD --pairs many | Invalid value for option '--pairs': 'many' is not an int",
                "GOOD GOOD --until 0% | --until is above 0%",
                "GOOD GOOD --until soon | --until takes a percentage, as in 5%, not \"soon\"",
                "GOOD GOOD --fail-above -3% | --fail-above takes a percentage, as in 5%, not \"-3%\"",
                "GOOD GOOD --time 5 | Invalid value for option '--time': \"5\" is no time: write a number and a unit",
            })
    void badInputGetsOneSentence(String line, String sentence) throws IOException {
        String good = jar("good.jar", "META-INF/BenchmarkList").toString();
        String plain = jar("plain.jar", "a/B.class").toString();
        String words = "bench ab " + line.replace("GOOD", good).replace("PLAIN", plain);
        assertThat(execute(words.split(" "))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("bench ab: ")
                .contains(sentence.replace("PLAIN", plain))
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aJarThatIsNoneIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jar"), "text");
        assertThat(execute("bench", "ab", text.toString(), text.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("bench ab: \"" + text + "\" is no jar: ")
                .hasLineCount(1);
    }

    /** The jar has a list of benchmarks, and no JMH: its JVM ends with 1 and says why. */
    @Test
    void aForkThatFailsIsShown() throws IOException {
        Path jar = jar("good.jar", "META-INF/BenchmarkList");
        Path output = folder.resolve("out");
        assertThat(execute(
                        "bench", "ab", jar.toString(), jar.toString(), "-opi", "4", "-o", output.toString(), "Queue"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "bench ab: reads the ruler, to see how far it moves by itself\nbench ab: pair 1 of 8\n",
                        "bench ab: \"" + jar + "\" ended with exit code 1; its last lines:\n    ",
                        "org.openjdk.jmh.Main");
        assertThat(output.resolve("pairs.jsonl")).content().contains("\"words\":[\"-opi\",\"4\",\"Queue\"]");

        err.getBuffer().setLength(0);
        assertThat(execute("bench", "ab", jar.toString(), jar.toString(), "-o", output.toString(), "Stack"))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("bench ab: \"" + output.resolve("pairs.jsonl")
                        + "\" has pairs with another JMH options: name another folder with -o\n");
    }

    @Test
    void helpSaysWhatGoesToJmh() {
        assertThat(execute("bench", "ab", "--help")).isZero();
        assertThat(out.toString()).contains("bench ab BASE.jar NEW.jar", "--until=PERCENT", "Words for JMH");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    }
}
