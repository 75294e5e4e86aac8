package org.leaklab.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFileTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path folder;

    @Test
    void anEditorMayWriteAnotherFileAndRenameIt() throws Exception {
        Path file = Files.writeString(folder.resolve("Letter.java"), "one");
        try (SavedFile saved = SavedFile.watch(file)) {
            assertThat(saved.await(SHORT)).isFalse();
            Path other = Files.writeString(folder.resolve("Letter.java~"), "two");
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            assertThat(saved.await(LONG)).isTrue();
            saved.seen();
            assertThat(saved.await(SHORT)).isFalse();
        }
    }

    @Test
    void aFileThatIsSavedWithoutAChangeIsNotCheckedAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("Letter.java"), "one");
        try (SavedFile saved = SavedFile.watch(file)) {
            Files.writeString(file, "one");
            Files.delete(file);
            assertThat(saved.await(SHORT)).isFalse();
            Files.writeString(file, "one, and more");
            assertThat(saved.await(LONG)).isTrue();
        }
    }
}
