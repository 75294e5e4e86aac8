package org.leaklab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The steps of the composite action, run in a shell as GitHub's runner does: with the inputs in the environment, files
 * for outputs and the summary, and a {@code gh} that writes down what it is asked for.
 */
@Tag("once")
class CompareActionIT {

    private static final Path ACTION = Path.of("../scripts/compare-action/action.yml");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ ([a-z0-9._-]+) }}");
    private static final int PATIENCE = 100;

    /** What the fake answers when it is asked for comments is in a file; what it was asked is in another. */
    private static final String GH = """
            #!/usr/bin/env bash
            echo "$*" >> "$RUNNER_TEMP/gh-asked"
            for word; do
              [[ $word != body=@* ]] || cp "${word#body=@}" "$RUNNER_TEMP/gh-body"
            done
            [[ ! -f $RUNNER_TEMP/gh-fails ]] || { echo "Resource not accessible by integration" >&2; exit 1; }
            [[ $* != *--paginate* ]] || cat "$RUNNER_TEMP/gh-comments"
            """;

    @TempDir
    Path folder;

    private final Map<String, String> inputs = new HashMap<>();
    private final Map<String, String> ran = new LinkedHashMap<>();

    /** A step by its name, with its exit code and what it printed. */
    private int run() throws Exception {
        Map<String, Object> action = ActionFile.read(ACTION);
        Map<String, String> known = new HashMap<>();
        map(action.get("inputs")).forEach((name, input) -> {
            assertThat(map(input)).containsKey("description");
            Object value = inputs.getOrDefault(name, (String) map(input).get("default"));
            assertThat(value).as("input " + name).isNotNull();
            known.put("inputs." + name, (String) value);
        });
        known.put("github.action_path", ACTION.getParent().toAbsolutePath().toString());
        known.put("github.token", "secret");
        known.put("github.event.pull_request.number", inputs.getOrDefault("pull", "7"));
        known.replaceAll((name, value) -> filled(value, known));
        Map<String, Object> runs = map(action.get("runs"));
        assertThat(runs.get("using")).isEqualTo("composite");
        for (Object each : (List<?>) runs.get("steps")) {
            Map<String, Object> step = map(each);
            if (!isWanted((String) step.get("if"), known)) {
                continue;
            }
            assertThat(step.get("shell")).isEqualTo("bash");
            int exit = step(step, known);
            if (exit != 0) {
                return exit;
            }
        }
        return 0;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    private static String filled(String text, Map<String, String> known) {
        return EXPRESSION.matcher(text).replaceAll(found -> {
            assertThat(known).as("what is known to the runner").containsKey(found.group(1));
            return Matcher.quoteReplacement(known.get(found.group(1)));
        });
    }

    private static boolean isWanted(String condition, Map<String, String> known) {
        if (condition == null) {
            return true;
        }
        assertThat(condition).isEqualTo("inputs.comment == 'true' && github.event.pull_request.number");
        return "true".equals(known.get("inputs.comment"))
                && !known.get("github.event.pull_request.number").isEmpty();
    }

    private int step(Map<String, Object> step, Map<String, String> known) throws IOException, InterruptedException {
        String script = (String) step.get("run");
        assertThat(script).as("no input is pasted into a script").doesNotContain("${{");
        Path outputs = Files.writeString(folder.resolve("outputs"), "");
        File said = folder.resolve("said").toFile();
        // as the runner does for "shell: bash"
        ProcessBuilder bash = new ProcessBuilder(
                        "bash",
                        "--noprofile",
                        "--norc",
                        "-eo",
                        "pipefail",
                        Files.writeString(folder.resolve("script.sh"), script).toString())
                .redirectErrorStream(true)
                .redirectOutput(said);
        Map<String, String> environment = bash.environment();
        map(step.get("env")).forEach((name, value) -> environment.put(name, filled((String) value, known)));
        environment.put("GITHUB_OUTPUT", outputs.toString());
        environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
        environment.put("GITHUB_REPOSITORY", "acme/queue");
        environment.put("RUNNER_TEMP", folder.toString());
        environment.put(
                "PATH",
                folder.resolve("bin")
                        + File.pathSeparator
                        + Path.of(System.getProperty("java.home"), "bin")
                        + File.pathSeparator
                        + System.getenv("PATH"));
        Process process = bash.start();
        try {
            assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS))
                    .as("ends in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        ran.put((String) step.get("name"), Files.readString(said.toPath()));
        for (String output : Files.readAllLines(outputs)) {
            known.put(
                    "steps." + step.get("id") + ".outputs." + output.replaceFirst("=.*", ""),
                    output.replaceFirst("[^=]*=", ""));
        }
        return process.exitValue();
    }

    private String text(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }

    private static String results(int score) {
        StringBuilder forks = new StringBuilder();
        for (int fork = 0; fork < 6; fork++) {
            forks.append(fork == 0 ? "" : ",").append('[').append(score + fork).append(']');
        }
        return """
                [{"benchmark": "com.acme.Queue.poll", "mode": "avgt", "jdkVersion": "25", "primaryMetric":
                 {"score": %d, "scoreError": 1, "scoreUnit": "ns/op", "rawData": [%s]}, "secondaryMetrics": {}}]
                """.formatted(score, forks);
    }

    @BeforeEach
    void aPullRequest() throws IOException {
        assumeTrue(File.separatorChar == '/', "the steps need a shell");
        Path gh = Files.writeString(Files.createDirectory(folder.resolve("bin")).resolve("gh"), GH);
        assertThat(gh.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("gh-comments"), "");
        inputs.put(
                "base",
                Files.writeString(folder.resolve("base.json"), results(100)).toString());
        inputs.put(
                "new",
                Files.writeString(folder.resolve("new.json"), results(100)).toString());
        inputs.put("jar", System.getProperty("leaklab.jar"));
        inputs.put("fail-above", "5%");
    }

    @Test
    void nothingWorsePassesAndIsSaid() throws Exception {
        assertThat(run()).as(ran.toString()).isZero();
        assertThat(ran.keySet()).containsExactly("Find leaklab", "Compare", "Comment", "Gate");
        assertThat(text("summary.md")).startsWith("<!-- leaklab compare -->\n**0 worse, 0 better** of 1 measures");
        assertThat(ran.get("Compare")).doesNotContain("::error");
        assertThat(text("gh-asked").lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("api --silent --method POST repos/acme/queue/issues/7/comments -F body=@");
        assertThat(text("gh-body")).isEqualTo(text("summary.md"));
    }

    @Test
    void aSlowDownFailsAndTheCommentIsWrittenAnew() throws Exception {
        Files.writeString(folder.resolve("new.json"), results(120));
        Files.writeString(folder.resolve("gh-comments"), "4711\n4712\n");
        assertThat(run()).as(ran.toString()).isEqualTo(1);
        assertThat(ran.keySet()).as("also the comment").containsExactly("Find leaklab", "Compare", "Comment", "Gate");
        assertThat(text("summary.md")).contains(":x: **1 worse, 0 better**", "Queue.poll");
        assertThat(ran.get("Compare")).contains("::error title=Queue.poll::Queue.poll is worse in new.json: ");
        assertThat(text("gh-asked").lines())
                .last()
                .asString()
                .startsWith("api --silent --method PATCH repos/acme/queue/issues/comments/4711 -F body=@");
    }

    @Test
    void whatCannotBeToldFailsUnlessThatIsAllowed() throws Exception {
        Files.writeString(folder.resolve("new.json"), results(100).replaceFirst(",\\[.*]]", "]"));
        assertThat(run()).as(ran.toString()).isEqualTo(2);
        assertThat(ran.get("Compare")).contains("::error title=compare cannot tell::");
        inputs.put("arguments", "--allow-untested --uncorrected");
        assertThat(run()).as(ran.toString()).isZero();
    }

    @Test
    void aForkOfTheProjectMayNotComment() throws Exception {
        Files.writeString(folder.resolve("gh-fails"), "");
        assertThat(run()).as(ran.toString()).isZero();
        assertThat(ran.get("Comment")).contains("::warning::leaklab compare: the comment could not be written");
    }

    @Test
    void withoutAPullRequestThereIsNoComment() throws Exception {
        inputs.put("pull", "");
        inputs.put("fail-above", "");
        Files.writeString(folder.resolve("new.json"), results(120));
        assertThat(run()).as(ran.toString()).isZero();
        assertThat(ran.keySet()).containsExactly("Find leaklab", "Compare", "Gate");
    }

    @Test
    void badInputFailsAndWritesNoComment() throws Exception {
        Files.delete(folder.resolve("new.json"));
        assertThat(run()).as(ran.toString()).isEqualTo(2);
        assertThat(ran.get("Compare")).contains("compare: there is no file ");
        assertThat(text("gh-asked")).isEmpty();
        inputs.put("jar", folder.resolve("no.jar").toString());
        ran.clear();
        assertThat(run()).isEqualTo(2);
        assertThat(ran.keySet()).containsExactly("Find leaklab");
        assertThat(ran.get("Find leaklab")).contains("::error::leaklab compare: there is no jar ");
    }
}
