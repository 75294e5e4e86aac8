package org.leaklab.heapdump.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of modules are read as the JDK itself reads its own. */
class JdkImageTest {

    private static final Path OWN = JdkClasses.modules(Path.of(System.getProperty("java.home")));

    @TempDir
    Path directory;

    @BeforeEach
    void thereIsAnImage() {
        assumeTrue(Files.isRegularFile(OWN), "this JDK has its classes in folders");
    }

    @Test
    void hasTheClassesThatTheJdkSees() throws Exception {
        Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
        List<Path> files;
        try (Stream<Path> all = Files.walk(base)) {
            files = all.filter(file -> file.toString().endsWith(".class")
                            && file.getNameCount() > 3) // module-info is in no package
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(5000);
        try (JdkImage image = JdkImage.open(OWN)) {
            for (Path file : files) {
                String name =
                        base.relativize(file).toString().replace(".class", "").replace('/', '.');
                byte[] found;
                try {
                    found = image.classFile(name);
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("preview version"); // which one runs, the image does not say
                    continue;
                }
                assertThat(found).as(name).isEqualTo(Files.readAllBytes(file));
            }
        }
    }

    @Test
    void hasNoOther() throws Exception {
        try (JdkImage image = JdkImage.open(OWN)) {
            for (String name : List.of("java.util.None", "org.example.Main", "Main", "java.util", "", ".", "java..")) {
                assertThat(image.classFile(name)).as(name).isNull();
            }
        }
    }

    /** A header of seven numbers; then two tables, attributes and strings. */
    private Path image(int... numbers) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return Files.write(directory.resolve("modules"), bytes.array());
    }

    @Test
    void whatIsDamagedIsSaidToBe() throws Exception {
        assertThatThrownBy(() -> JdkImage.open(directory)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> JdkImage.open(image(1, 2, 3, 4, 5, 6, 7))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> JdkImage.open(image(0xcafedada))).isInstanceOf(IOException.class);
        int most = Integer.MAX_VALUE;
        assertThatThrownBy(() -> JdkImage.open(image(0xcafedada, 1 << 16, 0, most, most, most, most)))
                .isInstanceOf(IOException.class);
        // one entry, whose seed is of one place and whose attributes lie far outside
        try (JdkImage image = JdkImage.open(image(0xcafedada, 1 << 16, 0, 1, 1, 0, 0, -1, most))) {
            assertThatThrownBy(() -> image.classFile("java.util.Map")).isInstanceOf(IOException.class);
        }
    }
}
