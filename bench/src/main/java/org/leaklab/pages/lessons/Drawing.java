package org.leaklab.pages.lessons;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.leaklab.lab.StuckThread;

/**
 * A {@link WaitGraph} as boxes and arrows, for SVG: threads on the left, what they wait for in the middle, who could
 * end that on the right.
 *
 * @param width in pixels, as are all lengths
 */
public record Drawing(int width, int height, List<Box> boxes, List<Arrow> arrows) {

    private static final int MARGIN = 8;
    private static final int BOX = 46;
    private static final int GAP = 12;

    /** Between rows where arrows come back, so that these do not run into the others. */
    private static final int WIDE_GAP = 40;

    private static final int LABEL = 6;
    private static final int THREAD_X = MARGIN;
    private static final int THREAD_WIDTH = 172;
    private static final int THING_X = 330;
    private static final int THING_WIDTH = 232;
    private static final int ENDING_X = 656;
    private static final int ENDING_WIDTH = 206;

    /** How far beside the middle of a box an arrow comes back to it. */
    private static final int ASIDE = 12;

    /**
     * A box with one or two lines of text.
     *
     * @param kind a class of the style sheet: thread, thing or ending
     * @param x of its left side
     * @param y of its top
     * @param detail the second line; may be empty
     */
    public record Box(String kind, int x, int y, int width, String text, String detail) {
        /** All have the same. */
        public int height() {
            return BOX;
        }

        int middle() {
            return y + BOX / 2;
        }
    }

    /**
     * An arrow with its label, which may be empty.
     *
     * @param kind a class of the style sheet: waits, held or could
     * @param path in the words of SVG
     * @param x where the middle of its label is
     * @param y where the label's base line is
     */
    public record Arrow(String kind, String path, String label, int x, int y) {}

    /** Copies the lists. */
    public Drawing {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /** Draws a graph. */
    public static Drawing of(WaitGraph graph) {
        boolean back = graph.things().stream().anyMatch(thing -> thing.ending() instanceof WaitGraph.Ending.Stuck);
        int gap = back ? WIDE_GAP : GAP;
        List<Box> threads = new ArrayList<>();
        for (StuckThread thread : graph.threads()) {
            threads.add(new Box(
                    "thread",
                    THREAD_X,
                    MARGIN + threads.size() * (BOX + gap),
                    THREAD_WIDTH,
                    thread.name(),
                    thread.state()));
        }
        List<Box> things = new ArrayList<>();
        Map<WaitGraph.Ending, List<Box>> endings = new HashMap<>();
        List<Arrow> arrows = new ArrayList<>();
        for (WaitGraph.Thing thing : graph.things()) {
            List<Box> waiting = thing.waiting().stream().map(threads::get).toList();
            Box box = new Box("thing", THING_X, below(things, waiting, gap), THING_WIDTH, thing.title(), thing.state());
            things.add(box);
            for (int i = 0; i < waiting.size(); i++) { // one of them says it for all
                String verb = i == (waiting.size() - 1) / 2 ? thing.how().verb() : "";
                arrows.add(arrow("waits", waiting.get(i), box, verb));
            }
            switch (thing.ending()) {
                case WaitGraph.Ending.Stuck stuck -> arrows.add(held(box, threads.get(stuck.thread())));
                case WaitGraph.Ending.Somebody somebody ->
                    endings.computeIfAbsent(somebody, added -> new ArrayList<>())
                            .add(box);
            }
        }
        List<Box> somebodies = new ArrayList<>();
        graph.things().stream().map(WaitGraph.Thing::ending).distinct().forEach(ending -> {
            if (ending instanceof WaitGraph.Ending.Somebody somebody) {
                List<Box> from = endings.get(ending);
                Box box = new Box(
                        "ending",
                        ENDING_X,
                        below(somebodies, from, gap),
                        ENDING_WIDTH,
                        somebody.who(),
                        somebody.what());
                somebodies.add(box);
                from.forEach(thing -> arrows.add(arrow("could", thing, box, "")));
            }
        });
        List<Box> all = new ArrayList<>(threads);
        all.addAll(things);
        all.addAll(somebodies);
        int bottom = all.stream().mapToInt(box -> box.y() + BOX).max().orElse(0);
        int right = all.stream().mapToInt(box -> box.x() + box.width()).max().orElse(0);
        return new Drawing(right + MARGIN, bottom + MARGIN, all, arrows);
    }

    /** Beside the middle of those that lead to it, and below what stands in its column already. */
    private static int below(List<Box> column, List<Box> from, int gap) {
        int middle = (int) from.stream().mapToInt(Box::middle).average().orElse(0);
        int free = column.isEmpty() ? MARGIN : column.getLast().y() + BOX + gap;
        return Math.max(free, middle - BOX / 2);
    }

    private static Arrow arrow(String kind, Box from, Box to, String label) {
        int left = from.x() + from.width();
        return new Arrow(
                kind,
                line(left, from.middle(), to.x(), to.middle()),
                label,
                left + (to.x() - left) * 2 / 5,
                from.middle() + (to.middle() - from.middle()) * 2 / 5 - LABEL);
    }

    /** Back from a thing to the thread that holds it, on the sides that face each other. */
    private static Arrow held(Box thing, Box holder) {
        int right = holder.x() + holder.width();
        int aside = holder.y() < thing.y() ? -ASIDE : ASIDE;
        int from = thing.middle() + aside;
        int to = holder.middle() + (holder.y() == thing.y() ? ASIDE : -aside);
        return new Arrow(
                "held",
                line(thing.x(), from, right, to),
                "held by",
                thing.x() - (thing.x() - right) / 4,
                from + (to - from) / 4 + LABEL - 2);
    }

    private static String line(int x1, int y1, int x2, int y2) {
        return String.format(Locale.ROOT, "M%d %d L%d %d", x1, y1, x2, y2);
    }
}
