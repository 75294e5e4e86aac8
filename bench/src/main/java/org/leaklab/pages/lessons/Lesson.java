package org.leaklab.pages.lessons;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.leaklab.exercise.Exercise;
import org.leaklab.exercise.Exercises;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;

/**
 * All that a page says of one id of the catalogue.
 *
 * @param forms one an idiom: that of the JDK first, which every Java programmer reads
 */
public record Lesson(List<Form> forms) {

    private static final Exercises EXERCISES = Exercises.load();

    /** Keeps a copy. */
    public Lesson {
        forms = List.copyOf(forms);
    }

    /**
     * Makes the lessons of scenarios: one for each id, in the order of the first scenario of each.
     *
     * @throws IllegalArgumentException if the source of a scenario is not packed with it
     */
    public static List<Lesson> of(List<Scenario> scenarios, Evidence evidence) {
        Map<String, List<Scenario>> byId = scenarios.stream()
                .collect(Collectors.groupingBy(
                        scenario -> scenario.leak().id(), LinkedHashMap::new, Collectors.toList()));
        return byId.values().stream()
                .map(idioms -> new Lesson(idioms.stream()
                        .sorted(Comparator.comparing(
                                        (Scenario scenario) -> scenario.leak().idiom())
                                .reversed())
                        .map(scenario -> Form.of(scenario, evidence))
                        .toList()))
                .toList();
    }

    /** What the class of the first form says. */
    public Leak leak() {
        return forms.getFirst().leak();
    }

    /** Its name on the command line, and of its page. */
    public String id() {
        return leak().id();
    }

    /** Its page. */
    public String href() {
        return id() + ".html";
    }

    /** Where it is on the tracks; none of a scenario that is on none. */
    public List<Track.Place> place() {
        return Track.place(id()).stream().toList();
    }

    /** What somebody sees who has one of its forms in a program. */
    public List<Symptom> symptoms() {
        return forms.stream()
                .flatMap(form -> form.symptoms().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether one of its forms leaks a thread. The others only give a wrong answer. */
    public boolean leaks() {
        return forms.stream().anyMatch(form -> form.leak().stuck() > 0);
    }

    /** Public reports of programs that had it, each as {@code owner/repository#number}. */
    public List<String> seenIn() {
        return forms.stream()
                .flatMap(form -> Stream.of(form.leak().seenIn()))
                .distinct()
                .toList();
    }

    /** Why it has no form with the JDK's classes; empty if it has one. */
    public String noJdkForm() {
        return forms.stream()
                .map(form -> form.leak().noJdkForm())
                .filter(why -> !why.isEmpty())
                .findFirst()
                .orElse("");
    }

    /**
     * The same cure with the JDK's structured scopes, a shape of their preview each; none where no lesson shows them.
     */
    public List<ScopeShape> scopes() {
        return id().equals(ScopeShape.LESSON) ? ScopeShape.ALL : List.of();
    }

    /** Programs with the same mistake, for the reader to mend; none for most lessons. */
    public List<Exercise> exercises() {
        return EXERCISES.ofScenario(id());
    }

    /** How it differs from a lesson that looks almost the same; empty if none does. */
    public List<String> unlike() {
        return forms.stream()
                .map(form -> form.leak().unlike())
                .filter(unlike -> !unlike.isEmpty())
                .distinct()
                .toList();
    }
}
