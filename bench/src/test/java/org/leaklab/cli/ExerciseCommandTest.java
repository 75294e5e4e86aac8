package org.leaklab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.leaklab.exercise.Exercise;
import org.leaklab.exercise.Exercises;
import org.leaklab.exercise.Workbook;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("once")
class ExerciseCommandTest extends CommandTest {

    private static final Exercise LETTER = Exercises.load().byId("letter").orElseThrow();

    @TempDir
    Path folder;

    private int exercise(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "exercise";
        System.arraycopy(args, 0, all, 1, args.length);
        return execute(all);
    }

    private String dir() {
        return folder.toString();
    }

    private Path letter() {
        return folder.resolve("Letter.java");
    }

    @Test
    void listIsAnArrayInJson() throws Exception {
        assertThat(exercise("list", "-d", dir(), "--json")).isZero();
        JsonNode all = JsonMapper.shared().readTree(out.toString());
        assertThat(all.size()).isEqualTo(Exercises.load().all().size());
        assertThat(all.get(0).propertyNames()).containsExactly("id", "track", "level", "kind", "scenario", "solved");
        assertThat(all.get(0).get("solved").asBoolean()).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsSolvedIsKeptInTheFolderAndNowhereElse() throws Exception {
        assertThat(exercise("get", "letter", "-d", dir())).isZero();
        assertThat(exercise("check", letter().toString(), "--seed", "7")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "caller and reader are stuck",
                        "The same check again: --seed 7",
                        "exercise hint letter -d " + dir());
        Files.writeString(letter(), LETTER.solution().in(LETTER.source()));
        assertThat(exercise("check", letter().toString())).isZero();
        assertThat(exercise("check", "letter", "-d", dir())).isZero();
        out.getBuffer().setLength(0);
        exercise("list", "-d", dir());
        assertThat(out.toString()).containsPattern("x +letter").containsPattern("1 of \\d+ solved");
        assertThat(folder.resolve(".leaklab-exercises")).hasContent("solved letter = yes");
    }

    @Test
    void getDoesNotReplaceWhatSomebodyHasWritten() throws Exception {
        Files.writeString(letter(), "mine");
        assertThat(exercise("get", "letter", "-d", dir())).isEqualTo(2);
        assertThat(err.toString()).contains("already", "--again");
        assertThat(letter()).hasContent("mine");
        assertThat(exercise("get", "letter", "-d", dir(), "--again")).isZero();
        assertThat(letter()).hasContent(LETTER.source());
    }

    @Test
    void theLessonIsNamedWhenTheAnswerIsRightAndNoSooner() throws Exception {
        exercise("list", "-d", dir());
        exercise("get", "letter", "-d", dir());
        exercise("check", "letter", "-d", dir());
        assertThat(out.toString()).contains("hint letter").doesNotContain("missed-notify");
        Files.writeString(letter(), LETTER.solution().in(LETTER.source()));
        exercise("check", "letter", "-d", dir());
        assertThat(out.toString()).contains("The lesson with the same mistake: missed-notify");
    }

    @Test
    void theListFitsATerminal() {
        exercise("list", "-d", dir());
        assertThat(out.toString().lines())
                .allMatch(line -> line.length() <= 80)
                .filteredOn(line -> line.matches("- .*"))
                .hasSameSizeAs(Exercises.load().all());
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void whatIsSaidOfARightAnswerIsNotClearedAway() throws Exception {
        for (Exercise each : Exercises.load().all()) {
            if (!each.id().equals("letter") && !each.id().equals("jobs")) {
                Workbook.in(folder).solved(each);
            }
        }
        Files.writeString(letter(), LETTER.solution().in(LETTER.source()));
        System.setProperty("picocli.ansi", "true");
        Thread watch = Thread.ofPlatform().daemon().name("watch").start(() -> exercise("watch", "-d", dir()));
        try {
            await(() -> out.toString().contains("hint jobs"));
        } finally {
            System.clearProperty("picocli.ansi");
            watch.interrupt();
        }
        watch.join();
        assertThat(out.toString()).startsWith("\033[H\033[2J");
        assertThat(out.toString().substring(out.toString().indexOf("Letter.java is right")))
                .doesNotContain("\033[H");
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void watchSaysWhatBecomesOfTheFile() throws Exception {
        for (Exercise each : Exercises.load().all()) {
            if (!each.id().equals("letter")) {
                Workbook.in(folder).solved(each);
            }
        }
        System.setProperty("picocli.ansi", "true");
        Thread watch = Thread.ofPlatform().daemon().name("watch").start(() -> exercise("watch", "-d", dir()));
        try {
            await(() -> out.toString().contains("Checking"));
            await(() -> out.toString().contains("Waiting for you to save the file"));
            Files.setLastModifiedTime(letter(), FileTime.fromMillis(1_000_000));
            await(() -> out.toString().contains("nothing has changed since the last check"));
            Files.delete(letter());
            await(() -> out.toString().contains("write it anew with exercise get letter --again -d " + dir()));
            Workbook.in(folder).solved(LETTER);
            await(() -> out.toString().contains("letter was solved by a check in another window."));
        } finally {
            System.clearProperty("picocli.ansi");
            watch.interrupt();
        }
        watch.join();
        assertThat(out.toString()).contains("To do one again: exercise get ID --again -d " + dir());
    }

    /** What Ctrl-C in the middle of a check leaves of it. */
    @Test
    void aCheckThatIsStoppedLeavesNoFolder() throws Exception {
        Files.writeString(letter(), LETTER.solution().in(LETTER.source()));
        Process check = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "exercise",
                        "check",
                        letter().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await(() -> folders().size() == 1
                    && Files.exists(folders().getFirst().resolve("classes").resolve("Letter.class")));
            check.destroy(); // SIGTERM
            assertThat(check.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            check.destroyForcibly();
        }
        assertThat(folders()).isEmpty();
    }

    private List<Path> folders() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void hintsComeOneAtATime() {
        for (String hint : LETTER.hints()) {
            assertThat(out.toString()).doesNotContain(hint);
            assertThat(exercise("hint", "letter", "-d", dir())).isZero();
            assertThat(out.toString()).endsWith(hint + System.lineSeparator());
        }
        assertThat(exercise("hint", "letter", "-d", dir())).isZero();
        assertThat(out.toString()).endsWith(LETTER.hints().getLast() + System.lineSeparator());
        assertThat(exercise("hint", "letter", "-d", dir(), "--level", "1")).isZero();
        assertThat(out.toString()).endsWith(LETTER.hints().getFirst() + System.lineSeparator());
        assertThat(exercise("hint", "letter", "-d", dir(), "--level", "5")).isEqualTo(2);
    }

    @Test
    void whatIsNoExerciseGetsASentence() {
        assertThat(exercise("get", "leter", "-d", dir())).isEqualTo(2);
        assertThat(exercise("check", folder.resolve("Leter.java").toString())).isEqualTo(2);
        assertThat(exercise("check", letter().toString())).isEqualTo(2);
        assertThat(exercise()).isEqualTo(2);
        assertThat(exercise("list", "-d", "/dev/null")).isEqualTo(2);
        assertThat(err.toString())
                .contains("there is no exercise \"leter\"; did you mean letter?")
                .contains("did you mean Letter.java?")
                .contains("there is no file")
                .contains("name what to do")
                .contains("is a file");
    }

    @Test
    void watchChecksOnEachSaveAndGoesOnWhenItIsRight() throws Exception {
        for (Exercise each : Exercises.load().all()) {
            if (!each.id().equals("letter")) {
                Workbook.in(folder).solved(each);
            }
        }
        AtomicInteger exitCode = new AtomicInteger(-1);
        Thread watch =
                Thread.ofPlatform().daemon().name("watch").start(() -> exitCode.set(exercise("watch", "-d", dir())));
        await(() -> out.toString().contains("A hint: exercise hint letter"));
        assertThat(letter()).hasContent(LETTER.source());
        Files.writeString(letter(), LETTER.source().replace("class Letter {", "class Letter { int x = \"\";"));
        await(() -> out.toString().contains("does not compile"));
        Files.writeString(letter(), LETTER.solution().in(LETTER.source()));
        await(() -> exitCode.get() >= 0);
        watch.join();
        assertThat(exitCode).hasValue(0);
        assertThat(out.toString())
                .contains("Needs:  " + LETTER.needs() + ".")
                .contains("caller and reader are stuck", "Letter.java is right", "All exercises are solved.")
                .doesNotContain("\033[");
        assertThat(Workbook.in(folder).isSolved(LETTER)).isTrue();
    }

    private static void await(BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the watch does not come to it").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void anAnswerMayStandOnTheCommandLine() throws Exception {
        exercise("get", "handover", "-d", dir());
        String file = folder.resolve("Handover.java").toString();
        assertThat(exercise("check", file)).isEqualTo(1);
        assertThat(exercise("check", file, "--answer", "a")).isEqualTo(1);
        assertThat(exercise("check", file, "--answer", "b")).isZero();
        assertThat(out.toString()).contains("has no answer yet", "It is not a.", "b is right: one sender");
        assertThat(exercise("check", file, file, "--answer", "b")).isEqualTo(2);
    }
}
