package org.leaklab.pages.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.leaklab.pages.Templates;

/**
 * A way through some of the lessons, from the easy to the hard. Each lesson is on one track.
 *
 * @param word its name in a link
 * @param about what its lessons have in common
 * @param needs what a reader should know before
 * @param steps its lessons, in order
 */
public record Track(String word, String title, String about, String needs, List<Step> steps) {

    /** All tracks, in the order in which they are to be read; they stand in {@code tracks.txt} beside this class. */
    public static final List<Track> ALL = read(Templates.resource(Track.class, "tracks.txt"));

    private static final int FIRST_STEPS = 2;

    /**
     * A lesson on a track.
     *
     * @param id of its scenario
     * @param level 1 to 3
     * @param minutes about how long it takes to read it, run it and understand it
     * @param number its place on the track, from 1 on
     */
    public record Step(String id, int level, int minutes, int number) {}

    /** A lesson with the track that it is on. */
    public record Place(Track track, Step step) {

        /** What its reader should know: the lesson before, or what the track needs. */
        public String buildsOn() {
            return step.number == 1 ? track.needs : track.steps.get(step.number - 2).id;
        }

        /** Whether that is a lesson. */
        public boolean buildsOnALesson() {
            return step.number > 1;
        }
    }

    public Track {
        steps = List.copyOf(steps);
    }

    /** Where a lesson is; empty for one that is on no track, as that of somebody else may be. */
    public static Optional<Place> place(String id) {
        return ALL.stream()
                .flatMap(track ->
                        track.steps.stream().filter(step -> step.id.equals(id)).map(step -> new Place(track, step)))
                .findFirst();
    }

    /** The ids of all lessons in the order of the tracks. */
    public static Stream<String> ids() {
        return ALL.stream().flatMap(track -> track.steps.stream().map(Step::id));
    }

    /** Where somebody begins who has read none: the first lessons of the first track, and one of each other. */
    public static List<String> startHere() {
        return ALL.stream()
                .flatMap(track -> track.steps.stream().limit(track == ALL.getFirst() ? FIRST_STEPS : 1))
                .map(Step::id)
                .toList();
    }

    /** How long the whole track takes, about. */
    public int minutes() {
        return steps.stream().mapToInt(Step::minutes).sum();
    }

    private static List<Track> read(String text) {
        Pattern head = Pattern.compile("\\[(\\w+)] (.+)\nabout: (.+)\nneeds: (.+)\n((?:\\d \\d+: .+\n?)+)");
        Pattern line = Pattern.compile("(\\d) (\\d+): (.+)");
        List<Track> tracks = new ArrayList<>();
        Matcher track = head.matcher(text);
        while (track.find()) {
            List<Step> steps = new ArrayList<>();
            Matcher level = line.matcher(track.group(5));
            while (level.find()) {
                for (String id : level.group(3).split(" ")) {
                    steps.add(new Step(
                            id, Integer.parseInt(level.group(1)), Integer.parseInt(level.group(2)), steps.size() + 1));
                }
            }
            tracks.add(new Track(track.group(1), track.group(2), track.group(3), track.group(4), steps));
        }
        return List.copyOf(tracks);
    }
}
