package org.leaklab.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.ThreadKind;
import org.leaklab.lab.Catalogue;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Variant;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Waits;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which cells a command is about: options that commands share, and the cells that they make of ids of scenarios. */
final class CellChoice {

    /** The word that stands for all scenarios. */
    static final String ALL = "all";

    private static final int MOST = 1000;
    private static final int MOST_SPINNING = 16;

    /** What {@code --variant} takes. */
    enum Variants {
        LEAKY(Variant.LEAKY),
        FIXED(Variant.FIXED),
        BOTH(Variant.values());

        @SuppressWarnings("ImmutableEnumChecker") // it is an unmodifiable list
        private final List<Variant> variants;

        Variants(Variant... variants) {
            this.variants = List.of(variants);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--variant",
            paramLabel = "VARIANT",
            defaultValue = "leaky",
            description = "leaky (default), fixed or both.")
    private Variants variants = Variants.LEAKY;

    @Option(
            names = "--threads",
            paramLabel = "KIND",
            description = "platform, virtual or both (where it is not given, run takes both and serve virtual).")
    private @Nullable Kinds kinds;

    @Option(
            names = "--idiom",
            paramLabel = "IDIOM",
            description =
                    "channel (leaklab's core), jdk (the JDK's own classes) or both (where it is not given, run takes both and serve one).")
    private @Nullable Idioms idioms;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times to run each body, 1 to 1000 (default 1).")
    private int count = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * The cells of some scenarios.
     *
     * @param ids of scenarios, or {@value #ALL}
     * @param usual kinds of threads, where the user names none
     * @throws IllegalArgumentException if there is no such scenario; the message says so in a sentence
     */
    List<Cell> cells(List<String> ids, Kinds usual) {
        Idioms asked = Objects.requireNonNullElse(idioms, Idioms.BOTH);
        return cells(ids, usual, asked::all, asked::of);
    }

    /**
     * The cells of one scenario, in one idiom where the user names none.
     *
     * @param usual kinds of threads, where the user names none
     * @throws IllegalArgumentException if there is no such scenario; the message says so in a sentence
     */
    List<Cell> cellsOfOne(String id, Kinds usual) {
        return idioms == null
                ? cells(List.of(id), usual, Catalogue::all, (catalogue, one) -> List.of(catalogue.get(one)))
                : cells(List.of(id), usual);
    }

    private List<Cell> cells(
            List<String> ids,
            Kinds usual,
            Function<Catalogue, List<Scenario>> all,
            BiFunction<Catalogue, String, List<Scenario>> of) {
        if (count < 1 || count > MOST) {
            throw new ParameterException(spec.commandLine(), "--count is from 1 to " + MOST + ", not " + count);
        }
        Catalogue catalogue = Catalogue.load();
        Set<Scenario> scenarios = new LinkedHashSet<>();
        for (String id : ids) {
            if (id.equals(ALL)) {
                scenarios.addAll(all.apply(catalogue));
            } else {
                scenarios.addAll(of.apply(catalogue, id));
            }
        }
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (Variant variant : variants.variants) {
                for (ThreadKind kind : Objects.requireNonNullElse(kinds, usual).kinds) {
                    cells.add(cell(scenario, variant, kind));
                }
            }
        }
        return cells;
    }

    private Cell cell(Scenario scenario, Variant variant, ThreadKind kind) {
        Leak leak = scenario.leak();
        if (variant == Variant.LEAKY
                && kind == ThreadKind.PLATFORM
                && leak.waits() == Waits.SPINNING
                && count > MOST_SPINNING) {
            throw new ParameterException(
                    spec.commandLine(),
                    leak.id() + " spins: --count is at most " + MOST_SPINNING
                            + " for it on platform threads, which would leave no processor to anybody, not " + count);
        }
        return new Cell(scenario, variant, kind, count);
    }
}
