package org.leaklab.pages.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.leaklab.pages.Page;
import org.leaklab.pages.Templates;

/** The page. */
public final class ReportPage {

    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

    /** A topic in the order of the page, with the words for what is missing where the input has nothing about it. */
    private record Topic(String words, Function<Results, Optional<Section>> section) {}

    private static final List<Topic> TOPICS = List.of(
            new Topic("one JDK against another (results of two or more)", ComparisonTopic::section),
            new Topic("memory a stuck thread (memory.json, populations of three sizes or more)", MemoryTopic::section),
            new Topic("what an attached detector costs (overhead.json)", OverheadTopic::section),
            new Topic("who catches what (detectors.json)", DetectorTopic::section),
            new Topic("how fast detectors are (detection.json)", DetectionTopic::section),
            new Topic("latency (latency.json and its histograms)", LatencyTopic::section),
            new Topic("the collector (collector.json)", CollectorTopic::section),
            new Topic("scheduling (scheduling.json)", SchedulingTopic::section),
            new Topic("the core beside its peers (core.json)", CoreTopic::section),
            new Topic("scenarios and patterns (scenario.json)", ScenarioTopic::section),
            new Topic("very many threads (million.json)", MillionTopic::section),
            new Topic("", OtherTopic::section));

    private ReportPage() {}

    /**
     * Makes the page of all results in files and folders; the same page of the same results.
     *
     * @throws IllegalArgumentException if something cannot be read or nothing is found; the message says so in a
     *     sentence
     */
    public static String html(List<Path> inputs) {
        Results results = Inputs.read(inputs);
        List<Optional<Section>> all = topics(results);
        List<Section> sections = new ArrayList<>(present(all));
        List<String> absent = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String words = TOPICS.get(i).words;
            if (all.get(i).isEmpty() && !words.isEmpty()) { // nobody misses the benchmarks of other projects
                absent.add(words);
            }
        }
        List<String> sentences = absent.isEmpty() || !isOwn(results)
                ? List.of()
                : List.of("Not in this report, for the input has nothing about it: " + String.join("; ", absent) + ".");
        sections.add(Provenance.section(results, sentences));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("page", page(results, sections));
        model.put("sections", List.copyOf(sections));
        return Templates.render("report/report.jte", model);
    }

    /**
     * What is found in files and folders, a sentence or two each by the topic that it belongs to, as it stands at the
     * top of the page.
     *
     * @throws IllegalArgumentException as that of the page
     */
    public static Map<String, String> findings(List<Path> inputs) {
        Map<String, String> findings = new LinkedHashMap<>();
        present(topics(Inputs.read(inputs)))
                .forEach(section -> section.first().forEach(finding -> findings.put(section.id(), finding)));
        return findings;
    }

    /**
     * The same results as a page in Markdown: findings, and a table of the headline measures of each group.
     *
     * @throws IllegalArgumentException as that of the page
     */
    public static List<String> markdown(List<Path> inputs) {
        Results results = Inputs.read(inputs);
        return MarkdownPage.lines(first(present(topics(results))), results);
    }

    private static List<String> first(List<Section> sections) {
        return sections.stream().flatMap(section -> section.first().stream()).toList();
    }

    private static List<Optional<Section>> topics(Results results) {
        return TOPICS.parallelStream() // none knows of another
                .map(topic -> topic.section.apply(results))
                .toList();
    }

    private static List<Section> present(List<Optional<Section>> sections) {
        return sections.stream().flatMap(Optional::stream).toList();
    }

    /** Whether something in it is of this project. */
    private static boolean isOwn(Results results) {
        return results.jmh().isEmpty()
                || results.all().anyMatch(result -> result.benchmark().startsWith(Results.OWN));
    }

    private static Page page(Results results, List<Section> sections) {
        List<Page.Link> navigation = new ArrayList<>();
        navigation.add(new Page.Link("Findings", "#findings"));
        sections.forEach(section -> navigation.add(new Page.Link(section.word(), "#" + section.id())));
        List<String> jdks = results.jdks().labels();
        return new Page(
                isOwn(results) ? "What stuck threads cost" : OtherTopic.title(results),
                (isOwn(results) ? "Threads that can never be woken" : OtherTopic.about(results)) + ", measured on "
                        + Jdks.named(jdks) + ".",
                navigation,
                List.of(Templates.resource(ReportPage.class, "report.css")),
                List.of(
                        Templates.resource(ReportPage.class, ECHARTS),
                        Templates.resource(ReportPage.class, "charts.js")));
    }
}
