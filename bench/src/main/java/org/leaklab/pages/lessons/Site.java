package org.leaklab.pages.lessons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.leaklab.pages.Page;
import org.leaklab.pages.Templates;
import org.leaklab.scenario.Family;

/** The pages of all lessons: an index, a page a scenario, and one of messages. */
public final class Site {

    /** Where the report of the benchmarks is, if there is one. */
    public static final String REPORT = "report.html";

    private static final String INDEX = "index.html";
    private static final String MESSAGES = "messages.html";
    private static final String STYLE = Templates.resource(Site.class, "lesson.css");
    private static final String SCRIPT = Templates.resource(Site.class, "lesson.js");

    private final List<Lesson> lessons;
    private final boolean reportBeside;

    /**
     * A family with its lessons.
     *
     * @param about what its source says of it
     */
    public record Group(Family family, String about, List<Lesson> lessons) {}

    /** A symptom with the lessons that show it. */
    public record Shown(Symptom symptom, List<Lesson> lessons) {}

    /**
     * The site of lessons, in the order of their tracks.
     *
     * @param reportBeside whether a {@value #REPORT} lies in the same folder
     */
    public Site(List<Lesson> lessons, boolean reportBeside) {
        List<String> order = Track.ids().toList();
        this.lessons = lessons.stream()
                .sorted(Comparator.comparingInt(
                        lesson -> order.contains(lesson.id()) ? order.indexOf(lesson.id()) : order.size()))
                .toList();
        this.reportBeside = reportBeside;
    }

    /** All pages by the names of their files. */
    public Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put(INDEX, index());
        pages.put(MESSAGES, messages());
        for (int i = 0; i < lessons.size(); i++) {
            Lesson lesson = lessons.get(i);
            pages.put(
                    lesson.href(),
                    Templates.render(
                            "lessons/lesson.jte",
                            Map.of(
                                    "page",
                                    page(
                                            lesson.id(),
                                            lesson.leaks()
                                                    ? "Read the code. Which thread can never go on, and why?"
                                                    : "Read the code. What is wrong with its answer?"),
                                    "lesson",
                                    lesson,
                                    "previous",
                                    i > 0 ? List.of(lessons.get(i - 1)) : List.of(),
                                    "next",
                                    i + 1 < lessons.size() ? List.of(lessons.get(i + 1)) : List.of())));
        }
        return pages;
    }

    private String index() {
        List<Group> groups = new ArrayList<>();
        lessons.stream()
                .collect(Collectors.groupingBy(lesson -> lesson.leak().family(), TreeMap::new, Collectors.toList()))
                .forEach((family, members) -> groups.add(
                        new Group(family, ScenarioSource.about(family).summary(), members)));
        List<Shown> symptoms = new ArrayList<>();
        for (Symptom symptom : Symptom.values()) {
            symptoms.add(new Shown(
                    symptom,
                    lessons.stream()
                            .filter(lesson -> lesson.symptoms().contains(symptom))
                            .toList()));
        }
        return Templates.render(
                "lessons/index.jte",
                Map.of(
                        "page",
                        page(
                                "Lessons",
                                lessons.size()
                                        + " ways in which threads on the JVM get stuck for ever, or give a wrong answer: the mistake, the picture, the stack, who catches it, and the cure. All code and all figures are taken from the sources and from real runs."),
                        "groups",
                        groups,
                        "start",
                        Track.startHere().stream().filter(byId()::containsKey).toList(),
                        "tracks",
                        Track.ALL,
                        "ids",
                        byId().keySet(),
                        "symptoms",
                        symptoms));
    }

    private String messages() {
        return Templates.render(
                "lessons/messages.jte",
                Map.of(
                        "page",
                        page(
                                "Ten messages",
                                "What the JVM, libraries and tools say when threads are leaked. Few of them say so."),
                        "messages",
                        Message.ALL,
                        "lessons",
                        byId()));
    }

    private Map<String, Lesson> byId() {
        return lessons.stream().collect(Collectors.toMap(Lesson::id, lesson -> lesson));
    }

    private Page page(String title, String description) {
        List<Page.Link> links = new ArrayList<>(List.of(
                new Page.Link("Lessons", INDEX),
                new Page.Link("Tracks", INDEX + "#tracks"),
                new Page.Link("By symptom", INDEX + "#symptoms"),
                new Page.Link("By family", INDEX + "#families"),
                new Page.Link("Ten messages", MESSAGES)));
        if (reportBeside) {
            links.add(new Page.Link("Report", REPORT));
        }
        return new Page(title, description, links, List.of(STYLE), List.of(SCRIPT));
    }

    /**
     * Writes all pages, each to another name first, so that none is ever half written.
     *
     * @throws IllegalArgumentException if that cannot be done there
     */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> page : pages().entrySet()) {
                Path partial = folder.resolve(page.getKey() + ".part");
                Files.writeString(partial, page.getValue());
                Files.move(partial, folder.resolve(page.getKey()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the lessons cannot be written to \"" + folder + "\": " + e.getMessage()
                            + "; name another folder with -o",
                    e);
        }
    }
}
