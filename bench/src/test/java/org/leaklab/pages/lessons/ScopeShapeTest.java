package org.leaklab.pages.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scope in the shape of the JDK that this runs on compiles, and leaves no task behind. */
class ScopeShapeTest {

    private static final int JDK = Runtime.version().feature();

    @TempDir
    Path folder;

    private static ScopeShape shape() {
        return ScopeShape.ALL.stream()
                .filter(shape -> shape.first() <= JDK && JDK <= shape.last())
                .findFirst()
                .orElseThrow();
    }

    private String run(String source) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(shape().file()), source);
        Path said = folder.resolve("said");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-preview",
                        "--source",
                        JDK + "",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(java.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            java.destroyForcibly();
        }
        return Files.readString(said, Charset.defaultCharset());
    }

    @Test
    void aFailureEndsTheOthers() throws Exception {
        String source = String.join("\n", shape().lines());
        assertThat(run(source)).contains("no bill now: the rate server is down", "0 tasks still wait");
        assertThat(run(source.replace("throw new IOException(\"the rate server is down\")", "return 7")))
                .as("and without a failure it does its work")
                .contains("to pay: 833", "0 tasks still wait");
    }

    @Test
    void shapesFollowEachOther() {
        List<ScopeShape> all = ScopeShape.ALL;
        for (int i = 0; i + 1 < all.size(); i++) {
            assertThat(all.get(i + 1).first()).isEqualTo(all.get(i).last() + 1);
        }
    }
}
