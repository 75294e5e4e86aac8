package org.leaklab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.Findings.LeakedGroup;
import org.leaklab.heapdump.KnownLeaks;
import org.leaklab.heapdump.LeakPlace;
import picocli.CommandLine.Option;

/** Which leaks {@code detect} takes for known, and whether it writes them down. */
final class KnownOptions {

    /** How many places that were not met have a note of their own. */
    private static final int NAMED = 10;

    @Option(
            names = "--known",
            paramLabel = "FILE",
            description = "Leave out the leaked threads at the places in this file, and fail on others only. "
                    + "A place is the same in all builds: it has no numbers of lines and lambdas.")
    private @Nullable Path known;

    @Option(
            names = "--write-known",
            paramLabel = "FILE",
            description =
                    "Write the places of all leaked threads there, as text, and exit with 0. A file that is there "
                            + "already is written anew: comments of places that are leaked still stay.")
    private @Nullable Path written;

    /** Returns whether any of them is on the command line. */
    boolean areGiven() {
        return known != null || written != null;
    }

    /**
     * Reads what is known: before a process has to stand still for it.
     *
     * @throws IllegalArgumentException if the file is not what it should be; the message is one sentence
     */
    KnownLeaks read() throws IOException {
        if (known != null && written != null) {
            throw new IllegalArgumentException(
                    "--known reads a file and --write-known writes one: leave out one of them");
        }
        if (written != null) {
            if (Files.isDirectory(written)) {
                throw new IllegalArgumentException(
                        "--write-known names a file to write, and " + written + " is a folder");
            }
            Answer.checkFolder("--write-known", written);
            return Files.exists(written) ? KnownLeaks.read(written) : KnownLeaks.none();
        }
        return known == null ? KnownLeaks.none() : KnownLeaks.read(known);
    }

    /**
     * Writes the places of all leaks that are shown, if it is asked for.
     *
     * @param before what the file had
     * @return the leaks that are known now, or null if nothing was to be written
     */
    @Nullable
    KnownLeaks write(KnownLeaks before, Findings found) throws IOException {
        if (written == null) {
            return null;
        }
        KnownLeaks now = before.updated(found);
        try (PartFile part = new PartFile(written)) {
            Files.writeString(part.path(), now.text());
            part.complete();
        }
        return now;
    }

    /** Returns what is said of a file that was written. */
    String wrote(KnownLeaks now) {
        int places = now.places().size();
        return String.format(
                Locale.ROOT, "wrote %,d known %s to %s", places, places == 1 ? "place" : "places", written);
    }

    /** Returns the leaks that are left out: none if they are written only now. */
    KnownLeaks leftOut(KnownLeaks read) {
        return written == null ? read : KnownLeaks.none();
    }

    /**
     * Returns sentences that say how much is known, and what known place was not met.
     *
     * @param shown the findings that the known ones are a part of
     * @param all the findings before others were left out for another reason
     */
    static List<String> notes(KnownLeaks known, Findings shown, Findings all) {
        List<String> notes = new ArrayList<>();
        List<LeakedGroup> groups =
                shown.groups().stream().filter(known::contains).toList();
        if (!groups.isEmpty()) {
            int threads = groups.stream().mapToInt(LeakedGroup::count).sum();
            notes.add(String.format(
                    Locale.ROOT,
                    "Known: %,d %s with %,d leaked %s.",
                    groups.size(),
                    groups.size() == 1 ? "group" : "groups",
                    threads,
                    threads == 1 ? "thread" : "threads"));
        }
        List<LeakPlace> gone = all.cannotTell() == null ? known.notMet(all) : List.of();
        gone.stream().limit(NAMED).forEach(place -> notes.add("Known, but not met now: " + place + "."));
        if (gone.size() > NAMED) {
            notes.add(String.format(Locale.ROOT, "Known, but not met now: %,d more places.", gone.size() - NAMED));
        }
        return notes;
    }
}
