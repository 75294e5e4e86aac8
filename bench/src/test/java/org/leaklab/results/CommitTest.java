package org.leaklab.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What source results were measured with is read from beside them, and the one that differs is found. */
@Tag("once")
class CommitTest {

    private static final Commit OLD = new Commit("1111111111111", false);
    private static final Commit NEW = new Commit("2222222222222", false);

    @Test
    void itStandsBesideTheResults(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("memory.environment.json"), "{\"commit\": \"1111111111111\", \"changed\": true}");
        assertThat(Commit.of(folder.resolve("memory.json"))).isEqualTo(new Commit("1111111111111", true));
        assertThat(Commit.of(folder.resolve("memory.json.gz")).text()).isEqualTo("111111111 with changes");
        assertThat(Commit.of(folder.resolve("core.json"))).isEqualTo(Commit.UNKNOWN);
        Files.writeString(folder.resolve("core.environment.json"), "{\"group\": \"core\"}");
        assertThat(Commit.of(folder.resolve("core.json"))).isEqualTo(Commit.UNKNOWN);
        assertThat(Commit.UNKNOWN.text()).isEqualTo("unknown");
    }

    @Test
    void onlyOneWithoutChangesIsExact() {
        assertThat(OLD.isExact()).isTrue();
        assertThat(new Commit(OLD.id(), true).isExact()).isFalse();
        assertThat(Commit.UNKNOWN.isExact()).isFalse();
    }

    @Test
    void mostAreOfOne() {
        assertThat(Commit.ofMost(List.of(OLD, NEW, NEW))).isEqualTo(NEW);
        assertThat(Commit.ofMost(List.of(NEW, OLD))).isEqualTo(OLD);
        assertThat(Commit.ofMost(List.of())).isEqualTo(Commit.UNKNOWN);
    }
}
