package org.leaklab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.Findings.Circle;
import org.leaklab.heapdump.Findings.Link;

/**
 * Draws threads that wait for each other, one below the other, with a line at the left that leads from the last back to
 * the first.
 */
final class CirclePicture {

    /** At most so many threads are drawn: the first ones and the last ones. */
    private static final int DRAWN = 12;

    /** A wait for the end of a thread: nobody holds such a thing. */
    private static final String END = "the end of ";

    private CirclePicture() {}

    /** Returns the rest of the headline, then the picture. */
    static List<String> of(Circle circle) {
        List<Link> links = circle.links();
        List<String> lines = new ArrayList<>();
        lines.add(
                links.size() == 1
                        ? ": a thread waits for itself."
                        : String.format(
                                Locale.ROOT,
                                ": %,d threads. Each waits for the next, the last for the first.",
                                links.size()));
        for (int i = 0; i < links.size(); i++) {
            if (links.size() > DRAWN && i == DRAWN / 2) {
                i = links.size() - DRAWN / 2;
                lines.add(String.format(Locale.ROOT, "    |   ... %,d more", links.size() - DRAWN));
            }
            Link link = links.get(i);
            String held = links.get(i == 0 ? links.size() - 1 : i - 1).wants();
            lines.add((i == 0 ? "    +-> " : "    |   ") + DetectLines.name(link.thread()));
            if (!held.startsWith(END)) {
                lines.add("    |       holds    " + Printable.of(held));
            }
            lines.add("    |       wants    " + Printable.of(link.wants()));
            lines.add("    |       held by  " + DetectLines.name(link.heldBy()));
            lines.add("    |       at       " + Printable.of(link.at()));
        }
        lines.add("    +-- " + DetectLines.name(links.getFirst().thread()));
        return lines;
    }
}
