package org.leaklab.heapdump;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the threads that can never be woken in a heap dump: an HPROF file 1.0.1 or 1.0.2, plain or gzipped, of JDK 21
 * or newer.
 *
 * <p>A thread is leaked when it waits without limit and nothing alive can reach what it waits on. Alive is what roots
 * of the JVM and stacks of running threads reach, and what those reach that they could wake. Whatever cannot be judged
 * is counted as unknown, with the reason, and taken for alive.
 */
public final class HeapDump {

    private final Heap heap;
    private final DumpThreads threads;
    private final Marking marking;

    /** Stacks as they are shown, one list for all threads that share one. */
    private final Map<List<Stacks.Frame>, List<StackTraceElement>> elements = new IdentityHashMap<>();

    private HeapDump(Heap heap, Progress progress) {
        this.heap = heap;
        threads = new DumpThreads(heap);
        try (Bytecode bytecode = new Bytecode(heap)) {
            new Blockers(heap, threads, bytecode);
            marking = mark(bytecode, progress);
        }
    }

    /** Marks; twice, where threads are blocked on monitors whose owners must be seen. */
    private Marking mark(Bytecode bytecode, Progress progress) {
        Owners owners = new Owners(heap, threads, bytecode);
        if (owners.entering().isEmpty()) {
            return new Marking(heap, threads, progress);
        }
        List<DumpThread> candidates =
                threads.all().stream().filter(thread -> thread.candidate).toList();
        owners.entering().forEach(thread -> thread.candidate = false);
        new Marking(heap, threads, progress);
        Set<DumpThread> leaked =
                threads.all().stream().filter(thread -> thread.candidate).collect(Collectors.toSet());
        candidates.forEach(thread -> {
            thread.candidate = true;
            thread.unknown = null;
        });
        heap.forgetMarks();
        owners.ground(leaked);
        return new Marking(heap, threads, progress);
    }

    /** Analyses a file without telling how far it is. */
    public static Findings analyse(Path file) throws IOException {
        return analyse(file, Progress.NONE);
    }

    /**
     * Analyses a file. Takes about 10 bytes of memory an object of the dump, more than half of them for whoever has
     * leaked threads; a gzipped dump is unpacked into a private temporary file first.
     *
     * @throws BrokenDumpException if it is no heap dump, or not a whole one; the message is a sentence for people
     * @throws IOException if it cannot be read
     */
    public static Findings analyse(Path file, Progress progress) throws IOException {
        return analyse(file, Set.of(), progress);
    }

    /**
     * The same as if some fields did not exist, so that whoever keeps records of threads can leave them out.
     *
     * @param leftOut each field as the name of the class that declares it, a dot, and its own name
     */
    public static Findings analyse(Path file, Set<String> leftOut, Progress progress) throws IOException {
        try {
            Heap heap = HeapLoader.load(DumpFile.open(file, progress), leftOut, progress);
            return new HeapDump(heap, progress).findings();
        } catch (NoSuchFileException e) {
            throw new BrokenDumpException("there is no file " + file.getFileName(), e);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) { // lengths are checked, contents are not
            throw new BrokenDumpException(
                    file.getFileName() + " is damaged: a record points to where nothing is; take the dump again", e);
        }
    }

    private record Likeness(
            boolean virtual, Verdict verdict, @Nullable String blocker, List<Stacks.Frame> stack) {}

    private Findings findings() {
        String cannotTell = cannotTell();
        List<DumpThread> leaked = cannotTell != null
                ? List.of()
                : threads.all().stream().filter(thread -> thread.candidate).toList();
        Map<Likeness, List<DumpThread>> alike = new LinkedHashMap<>();
        for (DumpThread thread : leaked) {
            Likeness likeness = new Likeness(thread.virtual, verdict(thread), blocker(thread), thread.stack);
            alike.computeIfAbsent(likeness, ignored -> new ArrayList<>()).add(thread);
        }
        List<UnknownThread> unknown = threads.all().stream()
                .filter(thread -> thread.unknown != null)
                .map(thread ->
                        new UnknownThread(thread.id, thread.name, thread.virtual, String.valueOf(thread.unknown)))
                .toList();
        Retained.Weights weights = leaked.isEmpty() ? null : new Retained(heap, threads, marking).weigh(alike.values());
        int virtual = (int) threads.all().stream().filter(t -> t.virtual).count();
        return new Findings(
                heap.reader.takenAt(),
                new DumpJdk(heap).version(),
                states(),
                threads.all().size() - virtual,
                virtual,
                (int) threads.all().stream().filter(t -> t.suspended).count(),
                unknown,
                weights == null ? List.of() : threads(leaked, weights.ofThread()),
                weights == null ? List.of() : groups(alike, weights.ofGroup()),
                cannotTell,
                notes());
    }

    private @Nullable String cannotTell() {
        int without = threads.stackless();
        return without == 0
                ? null
                : without + (without == 1 ? " virtual thread has" : " virtual threads have")
                        + " no stack in this dump, and may hold what others wait for; a JDK before 22 never writes them,"
                        + " so take the dump on a newer one";
    }

    private List<LeakedThread> threads(List<DumpThread> leaked, long[] bytes) {
        List<LeakedThread> found = new ArrayList<>(leaked.size());
        for (DumpThread thread : leaked) {
            found.add(new LeakedThread(
                    thread.id,
                    thread.name,
                    thread.virtual,
                    thread.state,
                    verdict(thread),
                    blocker(thread),
                    bytes[thread.index],
                    elements(thread.stack)));
        }
        return List.copyOf(found);
    }

    private List<LeakedGroup> groups(Map<Likeness, List<DumpThread>> alike, long[] bytes) {
        WayToThread way = new WayToThread(heap, marking);
        List<LeakedGroup> groups = new ArrayList<>();
        alike.forEach((likeness, members) -> groups.add(new LeakedGroup(
                members.size(),
                likeness.virtual(),
                likeness.verdict(),
                likeness.blocker(),
                members.stream().map(thread -> thread.name).toList(),
                bytes[groups.size()],
                likeness.verdict() == Verdict.CERTAIN ? List.of() : way.to(members.getFirst().through),
                elements(likeness.stack()))));
        groups.sort(Comparator.comparingInt(LeakedGroup::count)
                .thenComparing(LeakedGroup::retainedBytes)
                .reversed());
        return List.copyOf(groups);
    }

    private List<StackTraceElement> elements(List<Stacks.Frame> stack) {
        return elements.computeIfAbsent(
                stack, frames -> frames.stream().map(Stacks.Frame::element).toList());
    }

    private static Verdict verdict(DumpThread thread) {
        return thread.through >= 0 ? Verdict.UNLESS_INTERRUPTED : Verdict.CERTAIN;
    }

    private @Nullable String blocker(DumpThread thread) {
        return thread.blocker < 0 ? null : heap.typeName(thread.blocker);
    }

    private Map<String, Integer> states() {
        Map<String, Integer> states = new TreeMap<>();
        for (DumpThread thread : threads.all()) {
            String state = thread.state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            states.merge((thread.virtual ? "virtual, " : "platform, ") + state, 1, Integer::sum);
        }
        return states;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (marking.holdsGarbage()) {
            notes.add("This dump holds garbage: one of live objects only says more surely who is alive.");
        }
        return notes;
    }
}
