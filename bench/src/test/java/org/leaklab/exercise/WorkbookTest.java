package org.leaklab.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class WorkbookTest {

    private static final Exercise LETTER = Exercises.load().byId("letter").orElseThrow();

    /** Who has the released jar has no folder bench. */
    @Test
    void theCommandInAFileNamesTheJarThatRuns() {
        assertThat(Workbook.text(LETTER, "leaklab-0.1.0.jar"))
                .contains("java -jar leaklab-0.1.0.jar exercise check letter\n")
                .doesNotContain("benchmarks.jar");
        assertThat(Workbook.text(LETTER, "/my jars/leaklab.jar"))
                .contains("java -jar \"/my jars/leaklab.jar\" exercise check letter\n");
        assertThat(Workbook.text(LETTER, "bench/target/classes:a.jar")).isEqualTo(LETTER.source());
        assertThat(Workbook.text(LETTER, "")).isEqualTo(LETTER.source());
    }
}
