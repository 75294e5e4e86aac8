package org.leaklab.junit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.junit.suite.SuiteRun.FAIL;
import static org.leaklab.junit.suite.SuiteRun.and;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can set, and what becomes of a setting that is wrong. */
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
}
