package org.leaklab.exercise;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.leaklab.core.ThreadKind;
import org.leaklab.exercise.Compiler.Compiled;
import org.leaklab.exercise.trial.Ending;
import org.leaklab.exercise.trial.Look;
import org.leaklab.exercise.trial.Setting;

/**
 * Judges what a learner wrote. What he wrote runs with the rights of the person who runs the judge. Limits protect from
 * mistakes, and not from malice.
 */
public final class Judge {

    private static final long MOST_BYTES = 1L << 20;
    private static final int ROUNDS = 12;
    private static final int CANCELS = 12;
    private static final int TEST_ROUNDS = 4;

    private final Compiler compiler;
    private final double scale;

    /**
     * A judge.
     *
     * @param scale how many times as long everything may take as on a machine that is idle
     */
    public Judge(Compiler compiler, double scale) {
        this.compiler = compiler;
        this.scale = scale;
    }

    /** As patient as the system property {@code leaklab.patience} says, which is 10 by default. */
    public static double scale() {
        return Math.max(0.1, Double.parseDouble(System.getProperty("leaklab.patience", "10")) / 10);
    }

    /** On what it is run: platform threads, then virtual ones on one and on two carriers. */
    static List<Setting> settings(Exercise exercise, long seed, double scale) {
        boolean test = exercise.kind() == Kind.TEST;
        Setting.Mode mode = switch (exercise.kind()) {
            case TEST -> Setting.Mode.TEST;
            case PREDICT -> Setting.Mode.LOOK;
            case MEND, FIND -> Setting.Mode.ROUND;
        };
        List<Setting> settings = new ArrayList<>();
        for (int carriers = 0; carriers <= 2; carriers++) {
            settings.add(new Setting(
                    carriers == 0 ? ThreadKind.PLATFORM : ThreadKind.VIRTUAL,
                    Math.max(1, carriers),
                    mode,
                    test ? TEST_ROUNDS : ROUNDS,
                    exercise.cancels() ? CANCELS : 0,
                    exercise.threads(),
                    seed,
                    scale));
        }
        return settings;
    }

    /**
     * Judges the file of an exercise.
     *
     * @param seed the random delays follow from it
     */
    public Verdict judge(Exercise exercise, Path file, long seed) throws IOException, InterruptedException {
        return judge(exercise, file, seed, "");
    }

    /**
     * Judges the file of an exercise.
     *
     * @param seed the random delays follow from it
     * @param answer the answer of an exercise that asks for one; empty for the one in the file
     */
    public Verdict judge(Exercise exercise, Path file, long seed, String answer)
            throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            return new Verdict.CannotJudge("there is no file " + file);
        }
        if (Files.size(file) > MOST_BYTES) {
            return new Verdict.CannotJudge(file + " is larger than 1 MB, which no exercise is");
        }
        Optional<String> source = text(file);
        if (source.isEmpty()) {
            return new Verdict.CannotJudge(file + " is not text in UTF-8");
        }
        try (RunFolder run = RunFolder.in(Workbook.of(file).folder())) {
            return judge(exercise, source.get(), run, seed, answer);
        }
    }

    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private Verdict judge(Exercise exercise, String source, RunFolder run, long seed, String answer)
            throws IOException, InterruptedException {
        String given = answer.isEmpty() ? AnswerLine.in(source) : answer;
        return switch (exercise.kind()) {
            case MEND, TEST -> run(exercise, source, run, seed);
            case PREDICT -> {
                Prediction prediction = new Prediction(exercise, given);
                Optional<Verdict> refused = prediction.refused();
                if (refused.isPresent()) {
                    yield refused.get();
                }
                compileOriginal(exercise, run);
                yield prediction.run(run, settings(exercise, seed, scale));
            }
            case FIND -> {
                Hunt hunt = new Hunt(exercise, given);
                Optional<Verdict> refused = hunt.refused();
                if (refused.isPresent()) {
                    yield refused.get();
                }
                compileOriginal(exercise, run);
                yield hunt.run(run, scale);
            }
        };
    }

    /** Compiles the program as it was: what the learner tried in it does not change the question. */
    private void compileOriginal(Exercise exercise, RunFolder run) throws IOException {
        Map<String, String> sources = new HashMap<>(Map.of(exercise.fileName(), exercise.source()));
        if (!exercise.check().isEmpty()) {
            sources.put("Check.java", exercise.check());
            sources.put("Expect.java", Exercises.expect());
        }
        Compiled compiled = compiler.compile(sources);
        if (!compiled.complaints().isEmpty()) {
            throw new IllegalStateException("the exercise " + exercise.id() + " does not compile on this Java: "
                    + compiled.complaints().getFirst().message());
        }
        run.classes(exercise.kind() == Kind.FIND ? compiled.classes() : withSteps(compiled.classes()));
    }

    private Verdict run(Exercise exercise, String source, RunFolder run, long seed)
            throws IOException, InterruptedException {
        Compiled compiled = compiler.compile(
                Map.of(exercise.fileName(), source, "Check.java", exercise.check(), "Expect.java", Exercises.expect()));
        if (!compiled.complaints().isEmpty()) {
            return new Verdict.NotYet(CompilerWords.of(exercise, source, compiled.complaints()));
        }
        run.classes(withSteps(compiled.classes()));
        for (Setting setting : settings(exercise, seed, scale)) {
            run.forgetResult();
            Child.End end = Child.run(setting, exercise.fileName(), run.path());
            if (!(end instanceof Child.Finished finished && finished.result().ending() instanceof Ending.Right)) {
                return new Verdict.NotYet(new TrialWords(setting, end).lines());
            }
        }
        return new Verdict.Right(TrialWords.right(exercise, seed));
    }

    /** The classes with steps in the learner's. */
    private static Map<String, byte[]> withSteps(Map<String, byte[]> classes) {
        Map<String, byte[]> stepped = new HashMap<>();
        classes.forEach((name, bytes) -> stepped.put(name, Look.isOfCheck(name) ? bytes : StepCalls.in(bytes)));
        return stepped;
    }
}
