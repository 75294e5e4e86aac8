package org.leaklab.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.junit.suite.SuiteRun.FAIL;
import static org.leaklab.junit.suite.SuiteRun.and;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The report of a suite is of this run, also if the suite could not be checked. */
class ReportFileTest {

    @TempDir
    Path folder;

    private Path file;
    private Map<String, String> settings;

    @BeforeEach
    void thereIsOneOfYesterday() throws IOException {
        file = Files.writeString(folder.resolve("leaks.json"), "{ \"broken\" : \"yesterday\" }");
        settings = and(FAIL, SuiteSettings.REPORT, file);
    }

    @AfterEach
    void free() throws InterruptedException {
        Leaves.free();
    }

    private JsonNode written() throws IOException {
        return new ObjectMapper().readTree(Files.readString(file));
    }

    @Test
    void saysThatTheSettingsAreNotUnderstood() throws IOException {
        SuiteRun.of(and(settings, SuiteSettings.ATTACH, "yes"), Leaves.PlatformThread.class);
        assertThat(written().get("broken").asString())
                .isEqualTo("leaklab.attach=yes is not understood: use true or false");
        assertThat(written().get("total").asInt()).isZero();
    }

    @Test
    void saysWhatIsBrokenBesideTheThreads() throws IOException {
        Path inside = file.resolve("known.txt");
        SuiteRun.of(and(settings, SuiteSettings.WRITE_KNOWN, inside), Leaves.PlatformThread.class);
        assertThat(written().get("broken").asString()).startsWith(inside + " cannot be written: ");
        assertThat(written().get("total").asInt()).isEqualTo(1);
    }

    @Test
    void saysThatNoTestRanUnlessOneDidInThisJvm() throws IOException {
        SuiteRun.of(settings);
        assertThat(written().get("broken").asString()).isEqualTo("no test ran");
        SuiteRun.again(LauncherFactory.create(), settings, Leaves.PlatformThread.class);
        assertThat(written().get("broken").isNull()).isTrue();
        SuiteRun.again(LauncherFactory.create(), settings);
        assertThat(written().get("broken").isNull()).isTrue();
        assertThat(written().get("total").asInt()).isEqualTo(1);
    }

    @Test
    void itsNameCanHaveTheProcess() {
        SuiteRun.of(and(FAIL, SuiteSettings.REPORT, folder.resolve("of-%p.json")), Leaves.PlatformThreadCured.class);
        assertThat(folder.resolve("of-" + ProcessHandle.current().pid() + ".json"))
                .isRegularFile();
    }
}
