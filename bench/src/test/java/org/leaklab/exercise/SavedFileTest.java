package org.leaklab.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.leaklab.exercise.SavedFile.Save;

class SavedFileTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path folder;

    @Test
    void anEditorMayWriteAnotherFileAndRenameIt() throws Exception {
        Path file = Files.writeString(folder.resolve("Letter.java"), "one");
        try (SavedFile saved = SavedFile.watch(file)) {
            assertThat(saved.await(SHORT)).isEqualTo(Save.NONE);
            Path other = Files.writeString(folder.resolve("Letter.java~"), "two");
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            assertThat(saved.await(LONG)).isEqualTo(Save.CHANGED);
            saved.seen();
            assertThat(saved.await(SHORT)).isEqualTo(Save.NONE);
        }
    }

    @Test
    void aSaveWithoutAChangeIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("Letter.java"), "one");
        try (SavedFile saved = SavedFile.watch(file)) {
            Files.writeString(file, "one");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
            assertThat(saved.await(LONG)).isEqualTo(Save.UNCHANGED);
            assertThat(saved.await(SHORT)).as("told once").isEqualTo(Save.NONE);
            Files.writeString(file, "one, and more");
            assertThat(saved.await(LONG)).isEqualTo(Save.CHANGED);
        }
    }

    @Test
    void aFileThatIsDeletedIsToldOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("Letter.java"), "one");
        try (SavedFile saved = SavedFile.watch(file)) {
            Files.delete(file);
            assertThat(saved.await(LONG)).isEqualTo(Save.GONE);
            assertThat(saved.await(SHORT)).isEqualTo(Save.NONE);
            Files.writeString(file, "two");
            assertThat(saved.await(LONG)).isEqualTo(Save.CHANGED);
        }
    }
}
