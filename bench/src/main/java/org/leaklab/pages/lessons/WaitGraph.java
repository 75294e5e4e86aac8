package org.leaklab.pages.lessons;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.lab.StuckThread;
import org.leaklab.lab.StuckThread.Awaited;

/**
 * Who waits for whom in a cell: threads, what they wait for, and who could end that.
 *
 * @param threads the stuck threads, in the order of their start
 * @param things what they wait for, each once, in the order of the first who waits for it
 */
public record WaitGraph(List<StuckThread> threads, List<Thing> things) {

    private static final String NIL = "nil channel";

    /** Who could end a wait. */
    public sealed interface Ending {
        /** A thread that is stuck itself, by its place among the threads. */
        record Stuck(int thread) implements Ending {}

        /** Somebody else, or nobody: two lines of text. */
        record Somebody(String who, String what) implements Ending {}
    }

    /**
     * Something that threads wait for.
     *
     * @param title what it is, in a word or two
     * @param state how it is, as it says itself; may be empty
     * @param waiting who waits for it, by their places among the threads
     */
    public record Thing(Activity how, String title, String state, List<Integer> waiting, Ending ending) {}

    /** Copies the lists. */
    public WaitGraph {
        threads = List.copyOf(threads);
        things = List.copyOf(things);
    }

    /** Makes the graph of a cell's stuck threads. Control characters in names are escaped. */
    public static WaitGraph of(List<StuckThread> raw) {
        List<StuckThread> threads = raw.stream().map(WaitGraph::printable).toList();
        Map<Object, List<Integer>> waiting = new LinkedHashMap<>();
        for (int i = 0; i < threads.size(); i++) {
            Awaited awaited = threads.get(i).waitsFor();
            Object identity = awaited != null
                    ? awaited.number()
                    : Activity.of(threads.get(i)) == Activity.STARVES ? Activity.STARVES : "only thread " + i;
            waiting.computeIfAbsent(identity, added -> new ArrayList<>()).add(i);
        }
        List<Thing> things = new ArrayList<>();
        waiting.values().forEach(who -> things.add(thing(threads, who)));
        return new WaitGraph(threads, numbered(things));
    }

    private static StuckThread printable(StuckThread thread) {
        Awaited awaited = thread.waitsFor();
        return new StuckThread(
                Printable.of(thread.name()),
                thread.state(),
                awaited == null
                        ? null
                        : new Awaited(
                                awaited.number(),
                                Printable.of(awaited.type()),
                                Printable.of(awaited.says()),
                                awaited.holder() == null ? null : Printable.of(awaited.holder()),
                                awaited.holderLives()),
                thread.stack());
    }

    private static Thing thing(List<StuckThread> threads, List<Integer> who) {
        StuckThread first = threads.get(who.getFirst());
        Activity activity = Activity.of(first);
        Awaited awaited = first.waitsFor();
        String says = awaited == null ? "" : awaited.says();
        int state = says.indexOf(" (");
        String title = state > 0 ? says.substring(0, state) : says.isEmpty() ? activity.thing() : says;
        return new Thing(
                activity,
                title,
                state > 0 ? state(says.substring(state + 2, says.length() - 1)) : kind(activity, first, awaited),
                List.copyOf(who),
                ending(threads, activity, title, awaited));
    }

    /** Who holds it is drawn, and need not be said too. */
    private static String state(String says) {
        return says.replaceFirst("^held by .*, (?=\\d+ waiting$)", "");
    }

    /** Where a thing says nothing of itself: whose monitor it is, or where a loop is. */
    private static String kind(Activity activity, StuckThread thread, @Nullable Awaited awaited) {
        return switch (activity) {
            case NOTIFY -> awaited == null ? "" : "of an " + simple(awaited.type());
            case OTHER -> awaited == null ? "" : simple(awaited.type());
            case COMPUTES ->
                thread.stack().stream()
                        .filter(Activity::isScenario)
                        .findFirst()
                        .map(frame -> {
                            String method = Activity.method(frame);
                            String type = method.substring(0, method.lastIndexOf('.'));
                            return simple(type) + method.substring(method.lastIndexOf('.'));
                        })
                        .orElse("");
            default -> "";
        };
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static Ending ending(
            List<StuckThread> threads, Activity activity, String title, @Nullable Awaited awaited) {
        String holder = awaited == null ? null : awaited.holder();
        if (holder != null && awaited != null) {
            if (!awaited.holderLives()) {
                return new Ending.Somebody(holder, "has ended, and still holds it");
            }
            List<Integer> same = new ArrayList<>();
            for (int i = 0; i < threads.size(); i++) {
                if (threads.get(i).name().equals(holder)) {
                    same.add(i);
                }
            }
            return same.size() == 1 ? new Ending.Stuck(same.getFirst()) : new Ending.Somebody(holder, "holds it");
        }
        if (title.equals(NIL)) {
            return new Ending.Somebody("nobody at all", "can: it is nil");
        }
        return switch (activity) {
            case SOCKET -> new Ending.Somebody("the other side", "neither reads nor closes");
            case STARVES -> new Ending.Somebody("those that are stuck", "keep every carrier");
            default -> new Ending.Somebody("nobody who runs", "could " + activity.end());
        };
    }

    /** Where several have the same title, each gets a number. */
    private static List<Thing> numbered(List<Thing> things) {
        Map<String, Long> same = things.stream().collect(Collectors.groupingBy(Thing::title, Collectors.counting()));
        Map<String, Integer> last = new LinkedHashMap<>();
        return things.stream()
                .map(thing -> same.get(thing.title()) == 1
                        ? thing
                        : new Thing(
                                thing.how(),
                                thing.title() + " " + last.merge(thing.title(), 1, Integer::sum),
                                thing.state(),
                                thing.waiting(),
                                thing.ending()))
                .toList();
    }

    /** What is said of several things at once: the same is done to each, and the same could end it. */
    private record Alike(Activity how, String title, String state, Ending ending) {}

    /** The same in sentences, one for all things that are alike. */
    public List<String> sentences() {
        Map<Alike, List<Thing>> alike = new LinkedHashMap<>();
        for (Thing thing : things) {
            String title = thing.title().replaceFirst(" \\d+$", "");
            alike.computeIfAbsent(
                            new Alike(thing.how(), title, thing.state(), thing.ending()), added -> new ArrayList<>())
                    .add(thing);
        }
        List<String> sentences = new ArrayList<>();
        alike.forEach((how, same) -> sentences.add(sentence(how, same)));
        return sentences;
    }

    private String sentence(Alike alike, List<Thing> same) {
        Map<String, Long> names = same.stream()
                .flatMap(thing -> thing.waiting().stream())
                .collect(Collectors.groupingBy(i -> threads.get(i).name(), LinkedHashMap::new, Collectors.counting()));
        String who = names.entrySet().stream()
                .map(name -> name.getValue() == 1 ? name.getKey() : name.getValue() + " × " + name.getKey())
                .collect(Collectors.joining(", "));
        String what = same.size() > 1
                ? "each " + alike.how().verb() + " a " + alike.title() + " of its own"
                : alike.how().verb() + " the " + same.getFirst().title();
        String ending = switch (alike.ending()) {
            case Ending.Stuck stuck -> threads.get(stuck.thread()).name() + " holds it, and is stuck itself";
            case Ending.Somebody somebody -> somebody.who() + " " + somebody.what();
        };
        return who + ": " + what + (alike.state().isEmpty() ? "" : " (" + alike.state() + ")") + "; " + ending + ".";
    }

    /** What tells one graph from another, where a virtual thread may know less of who holds what. */
    List<String> shape() {
        return things.stream()
                .flatMap(thing ->
                        thing.waiting().stream().map(i -> threads.get(i).name() + " " + thing.how()))
                .sorted()
                .toList();
    }
}
