package org.leaklab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of Markdown: its blocks, which say what the code and the commands say, its links and its examples.
 *
 * <p>A block stands between {@code <!-- kind: argument -->} and {@code <!-- /kind -->}; {@link PageTruth} knows the
 * kinds.
 */
record Page(Path file, String text) {

    /** The root of the repository; tests run in the folder of their module. */
    static final Path ROOT = Path.of("..");

    private static final Pattern BLOCK =
            Pattern.compile("<!-- (\\w+)(?:: ([^>]*))? -->\n(.*?)<!-- /\\1 -->", Pattern.DOTALL);
    private static final Pattern FENCE = Pattern.compile("^```(\\w*)\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    /** Something between two marks. */
    record Block(String kind, String argument, String body) {}

    /** README, the pages of docs, and the page of the results. */
    static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        pages.add(of(ROOT.resolve("README.md")));
        pages.add(of(ROOT.resolve("results/README.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            for (Path file : docs.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.add(of(file));
            }
        }
        return pages;
    }

    static Page of(Path file) throws IOException {
        return new Page(file, Files.readString(file));
    }

    List<Block> blocks() {
        return BLOCK.matcher(text).results().map(Page::block).toList();
    }

    private static Block block(MatchResult found) {
        return new Block(found.group(1), found.group(2) == null ? "" : found.group(2), found.group(3));
    }

    /** What turns a block into the text that it should have. */
    @FunctionalInterface
    interface Truth {
        String of(Block block) throws Exception;
    }

    /** The same page with blocks made anew. */
    String updated(Truth truth) throws Exception {
        StringBuilder updated = new StringBuilder();
        Matcher found = BLOCK.matcher(text);
        while (found.find()) {
            String head = found.group().substring(0, found.group().indexOf('\n') + 1);
            String body = truth.of(block(found.toMatchResult()));
            found.appendReplacement(
                    updated, Matcher.quoteReplacement(head + body + "<!-- /" + found.group(1) + " -->"));
        }
        return found.appendTail(updated).toString();
    }

    /** The page without its blocks: what is written by hand. */
    String byHand() {
        return BLOCK.matcher(text).replaceAll("");
    }

    /** The contents of the code blocks of a language that are written by hand. */
    List<String> code(String language) {
        return FENCE.matcher(byHand())
                .results()
                .filter(fence -> fence.group(1).equals(language))
                .map(fence -> fence.group(2))
                .toList();
    }

    /** Links into this repository. */
    List<String> links() {
        return LINK.matcher(FENCE.matcher(text).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("http"))
                .toList();
    }

    /** What a link may name after {@code #}, as GitHub makes it of headings. */
    Set<String> anchors() {
        return HEADING.matcher(FENCE.matcher(text).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
