package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands are printed as a shell takes them, in the folder where they are printed. */
@Tag("once")
class NextCommandsTest {

    @TempDir
    Path here;

    private Path quick;
    private NextCommands commands;

    @BeforeEach
    void measured() throws IOException {
        quick = results("results/local/25/quick");
        commands = new NextCommands(here, "java", here.resolve("bench/target/benchmarks.jar"));
    }

    private Path results(String folder) throws IOException {
        Path made = Files.createDirectories(here.resolve(folder));
        Files.createFile(made.resolve("core.environment.json"));
        return made;
    }

    @Test
    void whatIsBelowIsNamedFromHere() {
        assertThat(commands.of("bench", "--preset", "full"))
                .isEqualTo("java -jar bench/target/benchmarks.jar bench --preset full");
        assertThat(commands.path(here.resolveSibling("elsewhere")))
                .isEqualTo(here.resolveSibling("elsewhere").toString());
        assertThat(commands.after(quick).getFirst())
                .isEqualTo("java -jar bench/target/benchmarks.jar report results/local/25/quick -o report.html");
    }

    @Test
    void whatAShellWouldSplitIsQuoted() {
        NextCommands odd = new NextCommands(here, "/opt/my jdk/bin/java", here.resolve("it's.jar"));
        assertThat(odd.of("a b")).isEqualTo("'/opt/my jdk/bin/java' -jar 'it'\\''s.jar' 'a b'");
    }

    @Test
    void isComparedWithTheSameOnAnotherJdkOfThisMachine() throws IOException {
        results("results/25");
        results("results/local/21/quick");
        results("results/local/26/publish");
        assertThat(commands.after(quick).getLast())
                .isEqualTo(
                        "java -jar bench/target/benchmarks.jar compare results/local/21/quick results/local/25/quick");
    }

    @Test
    void elseWithWhatIsPublished() throws IOException {
        results("results/20");
        assertThat(commands.after(quick).getLast()).endsWith(" compare results/20 results/local/25/quick");
        String running = String.valueOf(Runtime.version().feature());
        results("results/" + running);
        results("results/99");
        assertThat(commands.after(quick).getLast()).endsWith(" compare results/" + running + " results/local/25/quick");
    }

    @Test
    void elseWithASecondRun() throws IOException {
        Files.createDirectories(here.resolve("results/25"));
        assertThat(commands.after(quick).getLast())
                .isEqualTo("java -jar bench/target/benchmarks.jar bench --preset quick -o results/local/25/quick-again"
                        + " && java -jar bench/target/benchmarks.jar compare results/local/25/quick"
                        + " results/local/25/quick-again");
    }
}
