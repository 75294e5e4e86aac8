package org.leaklab.exercise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.leaklab.core.ThreadKind;
import org.leaklab.core.text.Printable;
import org.leaklab.exercise.trial.Ending;
import org.leaklab.exercise.trial.SeenThread;
import org.leaklab.exercise.trial.Setting;
import org.leaklab.exercise.trial.TrialResult;

/** What is said of a trial that was not right: one sentence, then what was seen. */
final class TrialWords {

    private static final int UNCAUGHT_SHOWN = 3;

    private final Setting setting;
    private final Child.End end;
    private final List<String> lines = new ArrayList<>();

    TrialWords(Setting setting, Child.End end) {
        this.setting = setting;
        this.end = end;
    }

    static List<String> right(Exercise exercise, long seed) {
        String did = exercise.kind() == Kind.TEST
                ? "it failed on the class that leaks and passed on the one that is right, "
                : "it did its work and left no thread behind, ";
        return List.of(
                exercise.fileName() + " is right: " + did
                        + "on platform and on virtual threads, on one carrier and on two, with random delays.",
                "  seed " + seed);
    }

    List<String> lines() {
        switch (end) {
            case Child.Finished finished -> finished(finished.result());
            case Child.OutOfTime late ->
                lines.add("It had not ended after " + late.seconds() + " s, and its JVM was stopped.");
            case Child.TooLoud loud ->
                lines.add("It prints too much: more than 1 MB, and its JVM was stopped. Is there a loop that prints?");
            case Child.OutOfMemory full ->
                lines.add("It needs too much memory: more than " + full.megabytes()
                        + " MB, and its JVM ended. Is there a loop that makes threads, or that fills a collection?");
            case Child.Died died ->
                lines.add("Its JVM ended with exit code " + died.exitCode()
                        + " before the judge could tell. Does the code end the JVM?");
        }
        if (!end.printed().isEmpty()) {
            lines.add("");
            lines.add("  The last lines that it printed:");
            end.printed().forEach(line -> lines.add("    " + line));
        }
        lines.add("");
        lines.add("  " + where());
        return lines;
    }

    /** On what it was seen, and how to see it again. */
    private String where() {
        String on = setting.kind() == ThreadKind.PLATFORM
                ? "platform threads"
                : "virtual threads on " + (setting.carriers() == 1 ? "one carrier" : setting.carriers() + " carriers");
        String round =
                end instanceof Child.Finished finished && finished.result().round() > 0
                        ? ", round " + finished.result().round()
                                + (finished.result().delayed() ? " with random delays" : " without delays")
                        : "";
        return "Seen on " + on + round + ". The same check again: --seed " + setting.seed();
    }

    private void finished(TrialResult result) {
        String when = result.cancelled() ? "After an interrupt of the thread that runs the work: " : "";
        switch (result.ending()) {
            case Ending.Right right -> lines.add("It is right.");
            case Ending.WrongAnswer wrong -> lines.add("It does not do its work: " + Printable.of(wrong.says()));
            case Ending.Threw threw ->
                lines.add("The work ended with " + Printable.of(threw.exception()) + at(threw.at()) + ".");
            case Ending.Stuck stuck -> stuck(stuck, when);
            case Ending.Late late -> late(late, when);
            case Ending.TooManyThreads many ->
                lines.add("It starts too many threads: more than " + many.limit() + " in one round.");
            case Ending.TooFewThreads few ->
                lines.add("The task wants the work done by threads of the factory: it asks for " + few.wanted()
                        + ", and " + few.started() + (few.started() == 1 ? " was" : " were") + " started.");
            case Ending.Exits exits ->
                lines.add("It ends the JVM" + at(exits.at())
                        + ". That frees nobody: in a program, everything else would" + " end too.");
            case Ending.TestPassesOnLeaky passes ->
                lines.add("Your test passes on the class that leaks: it does not see the leak.");
            case Ending.TestHangsOnLeaky hangs -> {
                lines.add("Your test waits for ever on the class that leaks: it must fail, so give its wait a limit.");
                show(hangs.threads());
            }
            case Ending.TestFailsOnFixed fails ->
                lines.add("Your test fails on the class that is right, with " + Printable.of(fails.exception())
                        + at(fails.at()) + ".");
        }
        if (!result.uncaught().isEmpty()) {
            lines.add("");
            lines.add("  Exceptions that nobody caught:");
            result.uncaught().stream().limit(UNCAUGHT_SHOWN).forEach(line -> lines.add("    " + Printable.of(line)));
        }
    }

    private static String at(String place) {
        return place.isEmpty() ? "" : " at " + place;
    }

    private void stuck(Ending.Stuck stuck, String when) {
        List<SeenThread> busy =
                stuck.threads().stream().filter(thread -> !thread.idle()).toList();
        if (busy.isEmpty()) {
            lines.add(when + "The work returned and left "
                    + workers(stuck.threads().size()) + " of a pool behind: nobody has shut the pool down.");
        } else if (stuck.returned()) {
            lines.add(when + "The work returned and left " + names(busy) + " stuck: nobody is left who could wake "
                    + (busy.size() == 1 ? "it." : "them."));
        } else {
            lines.add(when + names(busy) + (busy.size() == 1 ? " is" : " are")
                    + " stuck: nobody is left who could wake " + (busy.size() == 1 ? "it." : "them."));
        }
        show(stuck.threads());
    }

    private static String workers(int count) {
        return count == 1 ? "an idle worker" : count + " idle workers";
    }

    private void late(Ending.Late late, String when) {
        String seconds = String.format(Locale.ROOT, "%.1f s", late.millis() / 1000.0);
        lines.add(when
                + (late.returned()
                        ? "The work returned, and " + seconds + " later " + names(late.threads())
                                + (late.threads().size() == 1 ? " still lives." : " still live.")
                        : "The work has not ended after " + seconds
                                + ", and something still moves or a timer is set."));
        show(late.threads());
    }

    private static String names(List<SeenThread> threads) {
        List<String> names = threads.stream()
                .map(thread -> Printable.of(thread.name()))
                .distinct()
                .toList();
        if (names.size() > 3) {
            return threads.size() + " threads (" + names.getFirst() + ", " + names.get(1) + ", ...)";
        }
        return names.size() == 1
                ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    private void show(List<SeenThread> threads) {
        lines.add("");
        WaitPicture.of(threads).forEach(line -> lines.add(line.isEmpty() ? "" : "  " + line));
        threads.stream()
                .filter(thread -> !thread.idle() && !thread.at().isEmpty())
                .min(Comparator.comparing(TrialWords::waitsForAnEnd)) // the one that others wait for says more
                .ifPresent(thread -> {
                    lines.add("");
                    lines.add("  The stack of " + Printable.of(thread.name()) + ":");
                    thread.stack().forEach(frame -> lines.add("    at " + Printable.of(frame)));
                });
    }

    private static boolean waitsForAnEnd(SeenThread thread) {
        String target = thread.target();
        return target != null && target.startsWith("the end of ");
    }

    /** Threads that do the same at the same place are one row. */
    static Map<String, List<SeenThread>> alike(List<SeenThread> threads) {
        Map<String, List<SeenThread>> rows = new LinkedHashMap<>();
        for (SeenThread thread : threads) {
            String row = thread.does() + thread.at() + thread.target() + thread.heldBy();
            rows.computeIfAbsent(row, key -> new ArrayList<>()).add(thread);
        }
        return rows;
    }
}
