package org.leaklab.pages.lessons;

import java.util.List;

/**
 * Lines of a source file, without the indentation that all of them share.
 *
 * @param lines in their order; those of several places are parted by a {@link Line#GAP}
 */
public record Listing(List<Line> lines) {

    /** Members of a class stand this far to the right. */
    private static final String INDENT = "    ";

    /**
     * One line.
     *
     * @param number from 1 on, in its file; 0 for a gap
     * @param text what stands there
     * @param pieces the same in pieces of one colour
     */
    public record Line(int number, String text, List<Piece> pieces) {

        /** Between what is not together in the file. */
        public static final Line GAP = new Line(0, "", List.of());

        /** Its number as a page shows it; empty for a gap. */
        public String label() {
            return number == 0 ? "" : Integer.toString(number);
        }
    }

    /**
     * A part of a line.
     *
     * @param colour a class of the style sheet: keyword, literal or comment; empty for the rest
     */
    public record Piece(String text, String colour) {}

    /** Keeps a copy. */
    public Listing {
        lines = List.copyOf(lines);
    }

    /** A line of a file, as a line of a member of a class. */
    static Line member(List<String> file, Colours colours, int number) {
        String line = file.get(number - 1);
        int blanks = line.startsWith(INDENT) ? INDENT.length() : 0;
        return new Line(number, line.substring(blanks), colours.of(number, blanks));
    }
}
