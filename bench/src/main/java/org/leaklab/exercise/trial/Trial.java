package org.leaklab.exercise.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;

/** The main class of the child: runs the rounds, writes the result, and ends the JVM with all that is left in it. */
public final class Trial {

    /** So many times as many rounds are made at most, and no new one of these after so long. */
    private static final int MORE = 6;

    private static final long MORE_NANOS = 1_000_000_000;

    private static volatile @Nullable Path folder;
    private static volatile String file = "";

    private Trial() {}

    /** Runs the trial: the folder, the name of the learner's file, and the words of a setting. */
    public static void main(String[] args) throws InterruptedException, IOException {
        Path place = Path.of(args[0]);
        folder = place;
        file = args[1];
        Setting setting = Setting.of(Arrays.copyOfRange(args, 2, args.length));
        TrialResult result = switch (setting.mode()) {
            case ROUND -> rounds(setting, place);
            case LOOK -> look(setting, place);
            case TEST -> tests(setting, place);
        };
        end(result);
    }

    /**
     * As many rounds as are asked for, and more while they are quick, because a rare order comes in one of many; then
     * those that are interrupted.
     */
    private static TrialResult rounds(Setting setting, Path place) throws InterruptedException, IOException {
        long began = System.nanoTime();
        int most = MORE * setting.rounds();
        TrialResult result = round(setting, place, 1, 0);
        long steps = Math.max(1, Steps.count());
        int number = 1;
        while (isRight(result)
                && (number < setting.rounds() || number < most && System.nanoTime() - began < MORE_NANOS)) {
            number++;
            result = round(setting, place, number, 0);
        }
        for (int cancel = 1; isRight(result) && cancel <= setting.cancels(); cancel++) {
            result = round(setting, place, most + cancel, steps);
        }
        return result;
    }

    private static boolean isRight(TrialResult result) {
        return result.ending() instanceof Ending.Right;
    }

    /**
     * One round.
     *
     * @param number the delays follow from it; the first round has none
     * @param steps the work is interrupted at one of so many steps; 0 for never
     */
    private static TrialResult round(Setting setting, Path place, int number, long steps)
            throws InterruptedException, IOException {
        long seed = Setting.mix(Setting.mix(setting.seed(), lane(setting)), number);
        long cancelAt = steps == 0 ? 0 : 1 + Math.floorMod(Setting.mix(seed, 0), steps);
        boolean delays = number > 1;
        Round round = new Round(setting, place);
        Ending ending = round.run("round", seed, delays, cancelAt);
        return new TrialResult(ending, number, cancelAt > 0, delays, round.uncaught());
    }

    /** So that each kind of thread and number of carriers gets orders of its own. */
    private static long lane(Setting setting) {
        return setting.kind() == ThreadKind.PLATFORM ? 0 : setting.carriers();
    }

    private static TrialResult look(Setting setting, Path place) throws InterruptedException, IOException {
        Round round = new Round(setting, place);
        Ending ending = round.run("round", setting.seed(), false, 0);
        return new TrialResult(ending, 1, false, false, round.uncaught());
    }

    /** What a test leaves behind of a class that leaks is no fault of the test. */
    private static TrialResult tests(Setting setting, Path place) throws InterruptedException, IOException {
        TrialResult result = new TrialResult(new Ending.Right(), 0, false, false, List.of());
        for (int i = 1; i <= setting.rounds(); i++) {
            long seed = Setting.mix(setting.seed(), i);
            boolean delays = i > 1;
            Round onFixed = new Round(setting, place);
            Ending fixed = onFixed.run("fixed", seed, delays, 0);
            if (!(fixed instanceof Ending.Right)) {
                return new TrialResult(onFixed(fixed), i, false, delays, onFixed.uncaught());
            }
            Round onLeaky = new Round(setting, place);
            Ending leaky = onLeaky.run("leaky", seed, delays, 0);
            Ending ending = onLeaky(leaky);
            result = new TrialResult(ending, i, false, delays, onLeaky.uncaught());
            if (!(ending instanceof Ending.Right)) {
                return result;
            }
        }
        return result;
    }

    private static Ending onFixed(Ending ending) {
        return switch (ending) {
            case Ending.WrongAnswer wrong -> new Ending.TestFailsOnFixed(wrong.says(), "");
            case Ending.Threw threw -> new Ending.TestFailsOnFixed(threw.exception(), threw.at());
            default -> ending;
        };
    }

    private static Ending onLeaky(Ending ending) {
        return switch (ending) {
            case Ending.WrongAnswer wrong -> new Ending.Right();
            case Ending.Threw threw -> new Ending.Right();
            case Ending.Right right -> new Ending.TestPassesOnLeaky();
            case Ending.Stuck stuck -> onLeaky(stuck.returned(), stuck.threads());
            case Ending.Late late -> onLeaky(late.returned(), late.threads());
            default -> ending;
        };
    }

    private static Ending onLeaky(boolean returned, List<SeenThread> threads) {
        return returned ? new Ending.TestPassesOnLeaky() : new Ending.TestHangsOnLeaky(threads);
    }

    /** Ends the JVM on behalf of a call of the learner that would have ended it. */
    static void exits(int line) {
        end(new TrialResult(new Ending.Exits(file + ":" + line), 1, false, false, List.of()));
    }

    /** Ends the JVM before it is full of threads. */
    static void startsTooMany() {
        end(new TrialResult(new Ending.TooManyThreads(Round.MOST_THREADS), 1, false, false, List.of()));
    }

    private static synchronized void end(TrialResult result) {
        Path place = folder;
        try {
            if (place != null) {
                result.write(place);
            }
        } catch (IOException e) {
            System.err.println("the result cannot be written: " + e); // the parent shows what is printed
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(0);
    }
}
