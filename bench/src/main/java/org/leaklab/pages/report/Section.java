package org.leaklab.pages.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A part of the page about one topic.
 *
 * @param id of its element, a word
 * @param title its heading
 * @param about how to read it, a paragraph each
 * @param findings what was found, a sentence or two each; the first is for the top of the page, the others stand here
 * @param figures with their tables
 */
public record Section(String id, String title, List<String> about, List<String> findings, List<Figure> figures) {

    /** Keeps copies. */
    public Section {
        about = List.copyOf(about);
        findings = List.copyOf(findings);
        figures = List.copyOf(figures);
    }

    /** The finding for the top of the page; none where nothing was found. */
    public List<String> first() {
        return findings.stream().limit(1).toList();
    }

    /** A small picture for the first finding; none where no chart has one. */
    public List<Sketch> sketch() {
        return Sketch.of(figures).stream().toList();
    }

    /** The other findings. */
    public List<String> others() {
        return findings.stream().skip(1).toList();
    }

    /** Its title in a word, for the navigation. */
    public String word() {
        return id.equals("jdks") ? "Side by side" : id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    }

    /**
     * A chart and the table with the same figures.
     *
     * @param chart null where a table says it better
     */
    public record Figure(String title, @Nullable Chart chart, DataTable table) {}
}
