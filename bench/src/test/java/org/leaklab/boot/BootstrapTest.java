package org.leaklab.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The class that runs first loads in an old Java and says what it needs. */
@Tag("once")
class BootstrapTest {

    private static final int JAVA_8 = 52;

    @ParameterizedTest
    @ValueSource(strings = {"Bootstrap.class", "InstalledJdks.class"})
    void loadsInJava8(String file) throws IOException {
        try (var in = new DataInputStream(Bootstrap.class.getResourceAsStream(file))) {
            assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
            in.readUnsignedShort();
            assertThat(in.readUnsignedShort()).as("class file version").isEqualTo(JAVA_8);
        }
    }

    @Test
    void namesTheJdksThatWouldDo() {
        Map<String, String> found = new LinkedHashMap<>();
        found.put("/jdks/a", "21.0.9");
        found.put("/jdks/b", "25.0.3");
        assertThat(Bootstrap.refusal(17, found))
                .isEqualTo(
                        "leaklab needs Java 21 or newer and this is Java 17; found on this machine: 21.0.9 in /jdks/a, "
                                + "25.0.3 in /jdks/b; run it with /jdks/b/bin/java.");
    }

    @Test
    void saysWhatToDoWhenThereIsNone() {
        assertThat(Bootstrap.refusal(8, Map.of()))
                .isEqualTo("leaklab needs Java 21 or newer and this is Java 8; no newer JDK was found on this machine, "
                        + "so install one, 25 for example.");
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_402,8", "17,17", "25.0.3,25", "27-ea,27", "'\"21.0.1\"',21", "nonsense,0"})
    void readsVersions(String version, int feature) {
        assertThat(InstalledJdks.feature(version)).isEqualTo(feature);
    }

    @Test
    void findsTheJdkThatRunsThis() throws IOException {
        Path home = Path.of(System.getProperty("java.home")).toRealPath();
        if (Files.isReadable(home.resolve("release")) && home.startsWith("/usr/lib/jvm")) {
            assertThat(InstalledJdks.find(21)).containsKey(home.toString());
        }
    }
}
