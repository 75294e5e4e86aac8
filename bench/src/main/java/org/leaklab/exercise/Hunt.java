package org.leaklab.exercise;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.Analysis;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.LeakedThread;
import org.leaklab.heapdump.HeapDump;
import org.leaklab.heapdump.RunningJvm;

/**
 * Judges which thread of a running program a learner has found, and the line where it is stuck: runs the program and
 * does to it what {@code detect} does. No answer is stored.
 */
final class Hunt {

    private static final Pattern ANSWER = Pattern.compile("(\\S+)\\s+(\\w+\\.java:\\d+)");
    private static final Pattern TURNED = Pattern.compile("(\\w+\\.java:\\d+)\\s+(\\S+)");
    private static final long BETWEEN_MILLIS = 1_000;
    private static final long SECONDS = 30;

    private final Exercise exercise;
    private final String answer;
    private final String thread;
    private final String line;

    Hunt(Exercise exercise, String answer) {
        this.exercise = exercise;
        this.answer = answer;
        Matcher parts = ANSWER.matcher(answer);
        boolean whole = parts.matches();
        this.thread = whole ? parts.group(1) : "";
        this.line = whole ? parts.group(2) : "";
    }

    /** What is wrong with the answer before anything is run; empty if it is a thread and a line. */
    Optional<Verdict> refused() {
        String example = "\"// answer: worker-3 " + exercise.fileName() + ":12\"";
        if (!thread.isEmpty()) {
            return Optional.empty();
        }
        if (answer.isEmpty()) {
            return Optional.of(new Verdict.NotYet(List.of(exercise.fileName()
                    + " has no answer yet: write the thread and the line where it is stuck into its last line, as in "
                    + example + ".")));
        }
        Matcher turned = TURNED.matcher(answer);
        return Optional.of(new Verdict.NotYet(List.of(
                turned.matches()
                        ? "Write the thread first and then the line: \"// answer: " + turned.group(2) + " "
                                + turned.group(1) + "\"."
                        : "The answer \"" + answer + "\" is not a thread and a line, as in " + example + ".")));
    }

    /** Runs the program of the exercise, as it was, and compares. */
    Verdict run(RunFolder run, double scale) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Child.java());
        command.addAll(List.of("-cp", run.path().resolve("classes").toString(), exercise.className()));
        Process process = Child.start(command, run.path());
        Thread reader =
                Thread.ofPlatform().daemon().name("output of the program").start(() -> drain(process));
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.round(SECONDS * scale));
            while (System.nanoTime() < deadline) {
                if (process.waitFor(BETWEEN_MILLIS, TimeUnit.MILLISECONDS)) {
                    return new Verdict.CannotJudge(
                            "the program of the exercise ended with exit code " + process.exitValue());
                }
                Findings found = look(process.pid(), run.path());
                if (!found.leaked().isEmpty()) {
                    return compare(found);
                }
            }
            return new Verdict.CannotJudge("detect found nothing in the program of the exercise in time");
        } catch (IllegalArgumentException e) { // says in a sentence why it cannot look
            return new Verdict.CannotJudge(String.valueOf(e.getMessage()));
        } finally {
            process.destroyForcibly().waitFor();
            reader.join(TimeUnit.SECONDS.toMillis(1));
        }
    }

    private static void drain(Process process) {
        try {
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            return; // it was stopped
        }
    }

    private static Findings look(long pid, Path folder) throws IOException {
        try (RunningJvm jvm = RunningJvm.attach(pid, folder)) {
            jvm.dump();
            return HeapDump.analyse(jvm, Analysis.ofProcess(jvm), false, HeapDump.Progress.NONE);
        }
    }

    private Verdict compare(Findings found) {
        List<LeakedThread> named =
                found.leaked().stream().filter(each -> isNamed(each.name())).toList();
        if (named.stream().anyMatch(each -> line.equals(place(each.stack())))) {
            return new Verdict.Right(List.of("Right: " + Printable.of(thread) + " can never be woken at " + line
                    + ". The program ran, and detect says the same of "
                    + Printable.of(named.getFirst().name())
                    + ": leaked, " + named.getFirst().cause() + "."));
        }
        if (!named.isEmpty()) {
            return new Verdict.NotYet(List.of("The thread is right, and the line is not: name the innermost line of "
                    + exercise.fileName() + " in its stack, with the number that it has in the file as you got it."));
        }
        boolean waits = found.waiting().stream()
                .flatMap(group -> group.threads().stream())
                .anyMatch(each -> isNamed(each.name()));
        return new Verdict.NotYet(List.of(
                waits
                        ? "The thread " + Printable.of(thread) + " waits, and something alive can still wake it: it is"
                                + " not the leak."
                        : "The program ran, and of a thread " + Printable.of(thread) + " detect says nothing: it is not"
                                + " among those that can never be woken."));
    }

    /** Whether a name is the learner's but for its numbers: his program has run for another time than the judge's. */
    private boolean isNamed(String name) {
        return name.replaceAll("\\d+", "0").equals(thread.replaceAll("\\d+", "0"));
    }

    /** The innermost line of the program in a stack. */
    private String place(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(frame -> exercise.fileName().equals(frame.getFileName()))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }
}
