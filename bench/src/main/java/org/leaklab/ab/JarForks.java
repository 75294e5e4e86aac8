package org.leaklab.ab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs the JMH of two jars, a fork at a time. What it says goes to a file. */
public final class JarForks implements Forks {

    private static final String TEMPORARY = "-Djava.io.tmpdir=";
    private static final int DETAILS = 20;
    private static final int MOST_BYTES = 1 << 16;

    private final BenchmarkJar base;
    private final BenchmarkJar now;
    private final JmhWords words;
    private final Path log;

    /** @param log for all that JMH and the JVMs say; it is appended to */
    public JarForks(BenchmarkJar base, BenchmarkJar now, JmhWords words, Path log) {
        this.base = base;
        this.now = now;
        this.words = words;
        this.log = log;
    }

    @Override
    public ArrayNode run(Side side) throws ForkFailedException, IOException, InterruptedException {
        BenchmarkJar jar = side == Side.BASE ? base : now;
        Path results = Files.createTempFile("leaklab-ab", ".json");
        long before = Files.exists(log) ? Files.size(log) : 0;
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add(TEMPORARY + System.getProperty("java.io.tmpdir")); // JMH's lock is there
            command.addAll(jar.command());
            command.addAll(words.ofOneFork(results.toString()));
            int exit = ChildJvm.run(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
            if (exit != 0) {
                throw new ForkFailedException("\"" + jar.path() + "\" ended with exit code " + exit, end(before));
            }
            return results(jar, results, before);
        } finally {
            Files.deleteIfExists(results);
        }
    }

    private ArrayNode results(BenchmarkJar jar, Path results, long before) throws ForkFailedException, IOException {
        JsonNode read;
        try {
            read = JsonMapper.shared().readTree(Files.readAllBytes(results));
        } catch (JacksonException e) {
            throw new ForkFailedException("\"" + jar.path() + "\" wrote no results as JMH does", end(before));
        }
        if (!(read instanceof ArrayNode rows) || rows.isEmpty()) {
            throw new ForkFailedException("\"" + jar.path() + "\" measured nothing", end(before));
        }
        for (JsonNode row : rows) {
            if (row instanceof ObjectNode object) {
                withoutFolders(object);
            }
        }
        return rows;
    }

    /** Without the path of the JVM, and the folder that was added to its options. */
    private static void withoutFolders(ObjectNode result) {
        result.put("jvm", "java");
        ArrayNode all = JsonMapper.shared().createArrayNode();
        result.path("jvmArgs").forEach(option -> {
            if (!option.asString("").startsWith(TEMPORARY)) {
                all.add(option);
            }
        });
        result.set("jvmArgs", all);
    }

    /** The last lines of the log, of what was said since it had so many bytes. */
    private List<String> end(long before) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(before, file.length() - MOST_BYTES);
            byte[] said = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(said);
            List<String> lines = new String(said, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - DETAILS), lines.size());
        }
    }
}
