package org.leaklab.pages.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a class's javadoc says, for a page: paragraphs of text with code in it.
 *
 * @param paragraphs in their order, at least one
 */
public record Prose(List<List<Span>> paragraphs) {

    private static final Pattern LINE_START = Pattern.compile("(?m)^[ \\t]*\\*[ \\t]?");
    private static final Pattern PARAGRAPH = Pattern.compile("\\s*<p>\\s*");
    private static final Pattern TAG = Pattern.compile("\\{@(\\w+)\\s+");

    /** A piece of a paragraph: as it is, without markup. */
    public record Span(boolean code, String text) {}

    /** Keeps a copy. */
    public Prose {
        paragraphs = List.copyOf(paragraphs);
    }

    /** Reads what stands between the marks of a javadoc comment. */
    static Prose of(String comment) {
        String text = LINE_START.matcher(comment).replaceAll("").strip();
        List<List<Span>> paragraphs = new ArrayList<>();
        for (String paragraph : PARAGRAPH.split(text)) {
            paragraphs.add(spans(paragraph));
        }
        return new Prose(paragraphs);
    }

    private static List<Span> spans(String paragraph) {
        List<Span> spans = new ArrayList<>();
        Matcher tag = TAG.matcher(paragraph);
        int at = 0;
        while (tag.find(at)) {
            add(spans, false, paragraph.substring(at, tag.start()));
            int end = endOfTag(paragraph, tag.end());
            String content = paragraph.substring(tag.end(), end).strip();
            switch (tag.group(1)) {
                case "link" -> add(spans, true, label(content));
                case "linkplain" -> add(spans, false, label(content));
                default -> add(spans, true, content);
            }
            at = end + 1;
        }
        add(spans, false, paragraph.substring(at));
        return spans;
    }

    /** The brace that closes a tag: code within it may have pairs of its own. */
    private static int endOfTag(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            open += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        throw new IllegalStateException("a tag of javadoc is not closed in: " + text);
    }

    /** What a reader sees of a link: its label, or else the member without its package. */
    private static String label(String link) {
        Matcher target = Pattern.compile("(?<name>[\\w.]*(?:#\\w+)?(?:\\([^)]*\\))?)\\s*(?<label>.*)", Pattern.DOTALL)
                .matcher(link);
        if (!target.matches()) {
            return link;
        }
        String label = target.group("label");
        return label.isEmpty()
                ? target.group("name")
                        .replaceFirst("^(?:[a-z]\\w*\\.)+", "")
                        .replaceFirst("^#", "")
                        .replace('#', '.')
                : label;
    }

    private static void add(List<Span> spans, boolean code, String text) {
        if (!text.isEmpty()) {
            spans.add(new Span(code, text.replaceAll("\\s+", " ")));
        }
    }

    /** The first paragraph as plain text. */
    public String summary() {
        StringBuilder summary = new StringBuilder();
        paragraphs.getFirst().forEach(span -> summary.append(span.text()));
        return summary.toString();
    }
}
