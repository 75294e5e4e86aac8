package org.leaklab.field;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.leaklab.cli.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What {@code detect PID --json} says.
 *
 * @param document all of it
 */
record Report(JsonNode document) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs the command in a process of its own, as a user does. */
    static Report of(Jvm jvm, Path work) throws IOException, InterruptedException {
        Path out = work.resolve("report.json");
        File errors = work.resolve("detect.err").toFile();
        Files.deleteIfExists(out);
        Process detect = new ProcessBuilder(
                        Jvm.java("512m", Main.class.getName(), "detect", jvm.pid(), "--json", "-o", out.toString()))
                .redirectErrorStream(true)
                .redirectOutput(errors)
                .start();
        if (!detect.waitFor(3, TimeUnit.MINUTES)) {
            detect.destroyForcibly();
            throw new IOException("detect did not end: see " + errors);
        }
        if (!Files.exists(out)) {
            throw new IOException("detect wrote nothing: " + Files.readString(errors.toPath()));
        }
        return new Report(JSON.readTree(out.toFile()));
    }

    boolean cannotTell() {
        return document.path("verdict").asString("").equals("cannot-tell");
    }

    /** Returns the threads of a list, in words: a name, and why it stands there. */
    List<String> names(String list, String why) {
        return elements(list)
                .map(thread -> thread.path("name").asString("") + " ("
                        + thread.path(why).asString("?") + ")")
                .toList();
    }

    int count(String list) {
        return document.path(list).size();
    }

    /** Returns what is said of each stuck thread, with the number of threads. */
    Map<String, Integer> aboutStuck() {
        List<String> said = new ArrayList<>();
        stuck("leaked").forEach(thread -> said.add(thread.path("cause").asString("?")));
        stuck("suspects").forEach(thread -> said.add(thread.path("reason").asString("?")));
        stuck("unknown").forEach(thread -> said.add("unknown"));
        elements("waiting").forEach(group -> {
            String way = group.path("heldBy").isEmpty() ? "waiting" : "waiting, with the way";
            group.path("threads").forEach(thread -> {
                if (isStuck(thread)) {
                    said.add(way);
                }
            });
        });
        return said.stream().collect(Collectors.toMap(word -> word, word -> 1, Integer::sum, TreeMap::new));
    }

    private Stream<JsonNode> elements(String list) {
        return document.path(list).valueStream();
    }

    private Stream<JsonNode> stuck(String list) {
        return elements(list).filter(Report::isStuck);
    }

    private static boolean isStuck(JsonNode thread) {
        return thread.path("name").asString("").startsWith(Threads.STUCK);
    }
}
