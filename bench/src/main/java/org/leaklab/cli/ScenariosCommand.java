package org.leaklab.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.leaklab.lab.Catalogue;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the catalogue. */
@Command(
        name = "scenarios",
        mixinStandardHelpOptions = true,
        description = "Lists every scenario: what gets stuck, why, and the cure.")
final class ScenariosCommand implements Runnable {

    @Option(names = "--json", description = "Print the whole catalogue as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** What JSON says of a scenario. */
    record Entry(
            String id,
            String idiom,
            String family,
            int stuck,
            String waits,
            String endedBy,
            boolean wrongAnswer,
            List<String> at,
            String cause,
            String cure,
            List<Difference> differs,
            List<String> ownJvm,
            List<String> seenIn,
            String noJdkForm,
            String unlike,
            String className) {

        static Entry of(Scenario scenario) {
            Leak leak = scenario.leak();
            return new Entry(
                    leak.id(),
                    leak.idiom().word(),
                    leak.family().word(),
                    leak.stuck(),
                    word(leak.waits()),
                    word(leak.endedBy()),
                    leak.wrongAnswer(),
                    List.of(leak.at()),
                    leak.cause(),
                    leak.cure(),
                    Arrays.stream(leak.differs()).map(Difference::of).toList(),
                    List.of(leak.ownJvm()),
                    List.of(leak.seenIn()),
                    leak.noJdkForm(),
                    leak.unlike(),
                    scenario.getClass().getName());
        }
    }

    /** A number that holds on some JDKs; {@code to} is 0 where there is no last one. */
    record Difference(int from, int to, List<String> threads, int stuck, String why) {
        static Difference of(Leak.Differs d) {
            return new Difference(
                    d.from(),
                    d.to() == Integer.MAX_VALUE ? 0 : d.to(),
                    Arrays.stream(d.threads()).map(ScenariosCommand::word).toList(),
                    d.stuck(),
                    d.why());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        List<Entry> entries = Catalogue.load().all().stream().map(Entry::of).toList();
        if (json) {
            Json.print(out, entries);
            return;
        }
        Table table = new Table("FAMILY", "SCENARIO", "IDIOM", "STUCK", "HOW", "ENDED BY", "WHY");
        for (Entry entry : entries) {
            String stuck = entry.stuck + (entry.differs.isEmpty() ? "" : "*");
            String how = entry.stuck == 0 && entry.wrongAnswer ? "wrong answer" : entry.waits;
            String endedBy = entry.stuck == 0 ? "-" : entry.endedBy;
            table.row(entry.family, entry.id, entry.idiom, stuck, how, endedBy, entry.cause);
        }
        table.lines().forEach(out::println);
        out.println();
        long ids = entries.stream().map(Entry::id).distinct().count();
        out.println(
                ids + " scenarios in " + entries.size()
                        + " forms. IDIOM: channel is written with leaklab's core, jdk with the JDK's own classes. STUCK: threads that one leaky run leaves behind; * differs by JDK or kind of thread.");
        out.println("Run one: java -jar benchmarks.jar run " + entries.getFirst().id);
        out.flush();
    }
}
