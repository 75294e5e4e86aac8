package org.leaklab.field;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page {@code results/detect-field.md}. */
final class Page {

    private Page() {}

    /** Returns the page about these runs. */
    static String of(List<Run> runs) {
        StringBuilder page = new StringBuilder();
        List<Run> stuck = runs.stream().filter(run -> !isHealthy(run)).toList();
        List<Run> healthy = runs.stream().filter(Page::isHealthy).toList();
        page.append("# Programs with libraries that others wrote\n\n")
                .append("`scripts/detect-field` starts each program in a JVM of its own, on Java ")
                .append(Runtime.version())
                .append(
                        ", and lets `detect PID` look at it. The programs and their libraries are those of `scenarios/field`.\n\n")
                .append("## Stuck programs\n\n")
                .append(stuck.stream().filter(Run::isRight).count())
                .append(" of ")
                .append(stuck.size())
                .append(
                        " runs are answered as expected. *Explained*: the thread is leaked, a suspect, or the way to what it waits on is shown. A leaked thread is a right answer too where a suspect is expected.\n\n")
                .append(
                        "| Program | Made after | Threads | Expected | Found | Right |\n| --- | --- | --- | --- | --- | --- |\n");
        for (Run run : stuck) {
            Expected expected = Run.expected(run.program());
            row(
                    page,
                    run.program().getSimpleName(),
                    expected.after(),
                    run.kind().name().toLowerCase(Locale.ROOT),
                    expected.stuck() + " " + expected.value().word(),
                    run.found(),
                    run.isRight() ? "yes" : "**no**");
        }
        page.append("\n## Idle programs and servers under load\n\n")
                .append(healthy.stream().filter(run -> !run.isRight()).count())
                .append(" of ")
                .append(healthy.size())
                .append(" programs have a thread that is called leaked; in all of them there are ")
                .append(healthy.stream().mapToInt(run -> run.suspects().size()).sum())
                .append(" suspects.\n\n")
                .append("| Program | What it does | Found | Suspects |\n| --- | --- | --- | --- |\n");
        for (Run run : healthy) {
            row(
                    page,
                    run.program().getSimpleName(),
                    Run.expected(run.program()).after(),
                    run.isRight() ? run.found() : "**" + run.found() + "**",
                    run.suspects().isEmpty() ? "none" : String.join(", ", run.suspects()));
        }
        return page.toString();
    }

    private static boolean isHealthy(Run run) {
        return Run.expected(run.program()).value() == Answer.HEALTHY;
    }

    private static void row(StringBuilder page, String... cells) {
        page.append(List.of(cells).stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}
