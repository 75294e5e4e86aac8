package org.leaklab.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a learner writes gets a sentence, and leaves no process, thread or file behind. */
class JudgeTest {

    private static final Exercise LETTER = Exercises.load().byId("letter").orElseThrow();
    private static final String WAITS = "            delivered.awaitUninterruptibly();\n";
    private static final String RIGHT = LETTER.solution().in(LETTER.source());

    private final Judge judge = new Judge(Compiler.find().orElseThrow(), Judge.scale());

    @TempDir
    Path folder;

    /** What stands in take() instead of the wait, and what is said of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            System.exit(0);                                                             | It ends the JVM at Letter.java:55
            Runtime.getRuntime().halt(0);                                               | It ends the JVM at Letter.java:55
            ((java.util.function.IntConsumer) Runtime.getRuntime()::halt).accept(7);    | Its JVM ended with exit code 7
            while (box.isEmpty()) { }                                                   | The work has not ended after
            while (lock != null) { }                                                            | The work has not ended after
            while (lock != null) System.out.println("where is the letter");                     | It prints too much
            while (lock != null) Thread.ofVirtual().start(java.util.concurrent.locks.LockSupport::park); | too many threads
            while (lock != null) new Thread(java.util.concurrent.locks.LockSupport::park).start(); | too many threads
            Object[] all = {}; while (lock != null) all = new Object[] {all, new int[100_000]}; | too much memory
            while (box.isEmpty()) delivered.signal();                                   | The work has not ended after
            if (lock != null) throw new IllegalStateException("no letters today");      | It does not do its work
            try { new ProcessBuilder("sleep", "60").start().waitFor(); } catch (Exception e) { } | The work has not ended after
            int letters = "one";                                                        | does not compile
            }}}                                                                         | does not compile
            java.util.concurrent.Executors.newFixedThreadPool(1).submit(() -> 1);       | left .* idle workers? of a pool
            new java.util.Timer().schedule(new java.util.TimerTask() { public void run() {} }, 99_999); | still live
            Thread.startVirtualThread(java.util.concurrent.locks.LockSupport::park);    | left .* stuck
            """)
    void eachMistakeGetsASentence(String instead, String sentence) throws Exception {
        boolean works = sentence.startsWith("left") || sentence.startsWith("still");
        String source = works
                ? RIGHT.replace(
                        "    private String take() {\n", "    private String take() {\n        " + instead + "\n")
                : LETTER.source().replace(WAITS, "            " + instead + "\n");
        Verdict verdict = judge(source);
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.lines().getFirst()).containsPattern(sentence);
        assertNothingIsLeft();
    }

    @Test
    void codeThatWasDeletedIsNoCure() throws Exception {
        String source = LETTER.source();
        int body = source.indexOf("        Letter mailbox");
        Verdict verdict = judge(source.substring(0, body) + "        return List.of();\n    }\n}\n");
        assertThat(verdict.lines().getFirst()).startsWith("It does not do its work: it should return [");
    }

    @Test
    void workInOneThreadIsNotWhatTheTaskAsksFor() throws Exception {
        String source = LETTER.source();
        int body = source.indexOf("        Letter mailbox");
        Verdict verdict = judge(source.substring(0, body) + "        return List.copyOf(letters);\n    }\n}\n");
        assertThat(verdict.lines().getFirst()).contains("it asks for 2, and 0 were started");
    }

    @Test
    void theMethodMustStay() throws Exception {
        Verdict verdict = judge(RIGHT.replace("List<String> work(", "List<String> job("));
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.lines().getFirst())
                .isEqualTo("Letter.java no longer has what the exercise calls: public static List<String>"
                        + " work(ThreadFactory threads, List<String> letters) throws InterruptedException");
    }

    @Test
    void aMethodThatStandsOnSeveralLinesIsNamedInOne() throws Exception {
        Exercise overload = Exercises.load().byId("overload").orElseThrow();
        Path file = folder.resolve("Overload.java");
        Files.writeString(file, overload.source().replace("> work(", "> job("));
        assertThat(judge.judge(overload, file, 7).lines().getFirst())
                .isEqualTo("Overload.java no longer has what the exercise calls: public static List<Integer>"
                        + " work(ThreadFactory threads, BlockingQueue<Runnable> queue, int requests,"
                        + " IntUnaryOperator handle) throws InterruptedException, ExecutionException");
    }

    @Test
    void theClassMustStay() throws Exception {
        Verdict verdict = judge(RIGHT.replace("class Letter", "class Post"));
        assertThat(verdict.lines().getFirst()).startsWith("Letter.java must declare the class Letter");
        assertThat(judge("").lines().getFirst()).startsWith("Letter.java no longer has what the exercise calls");
    }

    @Test
    void whatIsNoTextCannotBeJudged() throws Exception {
        Path file = folder.resolve("Letter.java");
        Files.write(file, new byte[] {(byte) 0xC3, 0x28});
        assertThat(judge.judge(LETTER, file, 1)).isInstanceOf(Verdict.CannotJudge.class);
        assertThat(judge.judge(LETTER, folder.resolve("no.java"), 1).lines().getFirst())
                .startsWith("there is no file ");
    }

    @Test
    void theSameSeedMakesTheSameVerdict() throws Exception {
        Exercise reports = Exercises.load().byId("reports").orElseThrow();
        String offers = reports.wrong().getLast().in(reports.source());
        Path file = folder.resolve("Reports.java");
        Files.writeString(file, offers);
        assertThat(judge.judge(reports, file, 7).lines().getFirst())
                .isEqualTo(judge.judge(reports, file, 7).lines().getFirst())
                .contains("the first report was there");
    }

    private Verdict judge(String source) throws IOException, InterruptedException {
        Path file = folder.resolve("Letter.java");
        Files.writeString(file, source);
        return judge.judge(LETTER, file, 7);
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("Letter.java"));
        }
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }
}
