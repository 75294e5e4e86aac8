package org.leaklab.pages;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the shell of a page shows around its content.
 *
 * @param title of the window, and the first heading
 * @param description a sentence or two under the title, plain text
 * @param navigation links in the header; may be empty
 * @param styles CSS besides the shell's own
 * @param scripts JavaScript besides the shell's own; it runs before there is a body
 */
public record Page(String title, String description, List<Link> navigation, List<String> styles, List<String> scripts) {

    private static final String STYLE = Templates.resource(Page.class, "page.css");
    private static final String SCRIPT = Templates.resource(Page.class, "page.js");

    /** A link with its text. */
    public record Link(String text, String href) {}

    /**
     * Keeps copies.
     *
     * @throws IllegalArgumentException if a style or script would end the element that it stands in
     */
    public Page {
        navigation = List.copyOf(navigation);
        styles = List.copyOf(styles);
        scripts = List.copyOf(scripts);
        refuse(styles, "</style");
        refuse(scripts, "</script");
    }

    /** A page with nothing but the shell's own style and script. */
    public static Page of(String title, String description, List<Link> navigation) {
        return new Page(title, description, navigation, List.of(), List.of());
    }

    /** All CSS of the page, the shell's first. */
    public List<String> allStyles() {
        return Stream.concat(Stream.of(STYLE), styles.stream()).toList();
    }

    /** All JavaScript of the page, the shell's first. */
    public List<String> allScripts() {
        return Stream.concat(Stream.of(SCRIPT), scripts.stream()).toList();
    }

    private static void refuse(List<String> texts, String end) {
        for (String text : texts) {
            if (text.toLowerCase(Locale.ROOT).contains(end)) {
                throw new IllegalArgumentException("a style or script has " + end + " in it, which would end it there");
            }
        }
    }
}
