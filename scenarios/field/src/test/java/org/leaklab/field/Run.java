package org.leaklab.field;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.leaklab.core.ThreadKind;

/**
 * What detect said of one program.
 *
 * @param program the program
 * @param kind the kind of its threads
 * @param found what was said of the stuck threads, or of all threads of a healthy program
 * @param suspects the suspects among other threads than the stuck ones
 * @param isRight whether this is as expected
 */
record Run(Class<? extends Program> program, ThreadKind kind, String found, List<String> suspects, boolean isRight) {

    /** A stuck thread may be on its way to where it waits at the first look. */
    private static final int LOOKS = 2;

    /** From then on a heap dump has the stacks of virtual threads. */
    private static final int STACKS_OF_VIRTUAL_THREADS = 22;

    private static final Set<String> LEAKED = Set.of("deadlock", "unreachable", "class-initialization");

    /** Runs the program, and looks at it. */
    static Run of(Class<? extends Program> program, ThreadKind kind, Path work)
            throws IOException, InterruptedException {
        try (Jvm jvm = Jvm.of(program, kind, work.resolve("program.err").toFile())) {
            Run run = of(program, kind, Report.of(jvm, work));
            for (int i = 1; i < LOOKS && !run.isRight() && expected(program).value() != Answer.HEALTHY; i++) {
                run = of(program, kind, Report.of(jvm, work));
            }
            return run;
        }
    }

    static Expected expected(Class<? extends Program> program) {
        return program.getAnnotation(Expected.class);
    }

    private static Run of(Class<? extends Program> program, ThreadKind kind, Report report) {
        Expected expected = expected(program);
        List<String> suspects = report.names("suspects", "reason").stream()
                .filter(name -> !name.startsWith(Threads.STUCK))
                .toList();
        if (expected.value() == Answer.HEALTHY) {
            List<String> leaked = report.names("leaked", "cause");
            String found = report.cannotTell()
                    ? "cannot tell"
                    : (leaked.isEmpty() ? "nothing leaked" : "leaked: " + String.join(", ", leaked)) + ", "
                            + report.count("unknown") + " unknown";
            return new Run(program, kind, found, suspects, leaked.isEmpty());
        }
        if (report.cannotTell()) {
            boolean honest = kind == ThreadKind.VIRTUAL && Runtime.version().feature() < STACKS_OF_VIRTUAL_THREADS;
            return new Run(program, kind, "cannot tell", suspects, honest);
        }
        Map<String, Integer> said = report.aboutStuck();
        int right = said.entrySet().stream()
                .filter(entry -> isRight(expected.value(), entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        String found = said.isEmpty()
                ? "nothing"
                : said.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining("; "));
        return new Run(program, kind, found, suspects, right == expected.stuck());
    }

    private static boolean isRight(Answer expected, String said) {
        return switch (expected) {
            case DEADLOCK -> said.equals("deadlock");
            case LEAKED -> LEAKED.contains(said);
            case POOL_STARVATION -> LEAKED.contains(said) || said.equals(expected.word());
            case EXPLAINED -> !said.equals("unknown") && !said.equals("waiting");
            case HEALTHY -> !LEAKED.contains(said);
        };
    }
}
