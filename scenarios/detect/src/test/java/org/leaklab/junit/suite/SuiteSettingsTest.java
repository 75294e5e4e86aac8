package org.leaklab.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.junit.suite.SuiteRun.FAIL;
import static org.leaklab.junit.suite.SuiteRun.and;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can set, and what becomes of a setting that is wrong. */
@Tag("once")
class SuiteSettingsTest {

    @TempDir
    Path folder;

    @AfterEach
    void free() throws InterruptedException {
        Leaves.free();
    }

    @Test
    void threadsCanBeIgnoredByName() {
        SuiteRun run = SuiteRun.of(
                and(FAIL, SuiteSettings.IGNORE, "other, left p"),
                Leaves.PlatformThread.class,
                Leaves.VirtualThread.class);
        assertThat(run.failure()).contains("left virtual").doesNotContain("left platform");
    }

    @Test
    void threadsCanBeIgnoredByTheirInnermostMethodAndByAny() {
        String inner = "jdk.internal.misc.Unsafe.park";
        String outer = "org.leaklab.junit.suite.Leaves.waitsForNobody";
        Class<?> leaks = Leaves.PlatformThread.class;
        assertThat(SuiteRun.of(and(FAIL, SuiteSettings.IGNORE_TOP, "other, " + inner), leaks)
                        .failure())
                .isEmpty();
        assertThat(SuiteRun.of(and(FAIL, SuiteSettings.IGNORE_TOP, outer), leaks)
                        .failure())
                .contains("left platform");
        assertThat(SuiteRun.of(and(FAIL, SuiteSettings.IGNORE_ANY, outer), leaks)
                        .failure())
                .isEmpty();
        assertThat(SuiteRun.of(and(FAIL, SuiteSettings.IGNORE_ANY, "other"), leaks)
                        .failure())
                .contains("left platform");
    }

    @Test
    void threadsHaveAsMuchTimeToEndAsIsSet() {
        SuiteRun run = SuiteRun.of(and(FAIL, SuiteSettings.PATIENCE, 60_000), Leaves.EndsLate.class);
        assertThat(run.passes()).as(run.failure()).isTrue();
        SuiteRun hasty = SuiteRun.of(and(FAIL, SuiteSettings.PATIENCE, 0), Leaves.EndsLate.class);
        assertThat(hasty.failure()).contains("ends late");
    }

    @Test
    void aSettingThatIsNotUnderstoodFailsTheSuite() {
        assertThat(SuiteRun.of(Map.of(SuiteSettings.VERIFY, "fial"), Leaves.PlatformThreadCured.class)
                        .failure())
                .isEqualTo("leaklab.verify=fial is not understood: use off, report or fail\n");
        assertThat(SuiteRun.of(and(FAIL, SuiteSettings.ATTACH, "yes"), Leaves.PlatformThreadCured.class)
                        .failure())
                .isEqualTo("leaklab.attach=yes is not understood: use true or false\n");
        for (String bad : List.of("soon", "-1")) {
            assertThat(SuiteRun.of(and(FAIL, SuiteSettings.PATIENCE, bad), Leaves.PlatformThreadCured.class)
                            .failure())
                    .isEqualTo("leaklab.patienceMillis=" + bad + " is not understood: use a number of milliseconds\n");
        }
        Map<String, String> report = and(Map.of(SuiteSettings.VERIFY, "report"), SuiteSettings.REPORT, folder);
        assertThat(SuiteRun.of(report, Leaves.PlatformThreadCured.class).failure())
                .startsWith(folder + " cannot be written: ");
        assertThat(SuiteRun.of(report, Leaves.PlatformThread.class).failure())
                .contains("left platform", "note: " + folder + " cannot be written: ");
    }

    @Test
    void aMisspeltSettingIsNamed() {
        assertThat(SuiteRun.of(and(FAIL, "leaklab.ignoreName", "left"), Leaves.PlatformThread.class)
                        .failure())
                .contains("left platform")
                .contains("note: leaklab.ignoreName is no setting of this check; the nearest is leaklab.ignoreNames");
    }

    @Test
    void aMisspeltSwitchIsPrinted() {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            SuiteRun.of(Map.of("leaklab.verfy", "fail"), Leaves.PlatformThreadCured.class);
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("leaklab: leaklab.verfy is no setting of this check; the nearest is leaklab.verify");
    }

    @Test
    void otherPropertiesOfLeaklabAreNoMisspeltSettings() {
        System.setProperty("leaklab.other", "any");
        try {
            assertThat(Misspelt.settings(Set.of("leaklab.other", "other.verify", SuiteSettings.VERIFY)))
                    .isEmpty();
        } finally {
            System.clearProperty("leaklab.other");
        }
        assertThat(Misspelt.settings(Set.of("leaklab.other"))).hasSize(1);
    }

    @Test
    void aBlankPropertyHidesNothing() throws IOException {
        Files.writeString(folder.resolve("junit-platform.properties"), "leaklab.verify = fail");
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        System.setProperty(SuiteSettings.VERIFY, " ");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            assertThat(SuiteRun.of(FAIL, Leaves.PlatformThread.class).failure()).contains("left platform");
            current.setContextClassLoader(loader);
            assertThat(SuiteRun.of(Map.of(), Leaves.PlatformThread.class).failure())
                    .contains("left platform");
        } finally {
            current.setContextClassLoader(before);
            System.clearProperty(SuiteSettings.VERIFY);
        }
    }
}
