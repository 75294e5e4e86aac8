package org.leaklab.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.leaklab.core.ThreadKind;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a profile is as JSON, against what Jackson writes and reads. */
class ProfileJsonTest {

    private static final JsonMapper JACKSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final List<StackTraceElement> STACK = List.of(
            new StackTraceElement("app", "m", "1", "shop.\"Café\"", "buy\\sell", "Shop\t.java", 7),
            new StackTraceElement("java.lang.Object", "wait", null, -2));

    private static ThreadSnapshot thread(String name, String waitsOn, Duration age, List<StackTraceElement> stack) {
        return new ThreadSnapshot(
                name, 7, ThreadKind.VIRTUAL, Thread.State.TIMED_WAITING, waitsOn, "by\n\"me\"", age, stack);
    }

    private static Map<String, Object> group(int count, String name, String waitsOn, Long age, List<String> stack) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("count", count);
        members.put("name", name);
        members.put("kind", "virtual");
        members.put("state", "timed waiting");
        members.put("waitsOn", waitsOn);
        members.put("creator", "by\n\"me\"");
        members.put("oldestSeconds", age);
        members.put("firstOwnFrame", stack.isEmpty() ? null : stack.getFirst());
        members.put("stack", stack);
        return members;
    }

    private static Map<String, Object> outline(String scope, int total, List<Map<String, Object>> groups) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("profile", "threads");
        members.put("scope", scope);
        members.put("at", "2026-01-02T03:04:05Z");
        members.put("total", total);
        members.put("groups", groups);
        return members;
    }

    private static String json(String scope, List<ThreadSnapshot> threads) {
        return ProfileJson.of(new ThreadProfile("threads", scope, Instant.parse("2026-01-02T03:04:05Z"), threads));
    }

    @Test
    void isWhatJacksonWrites() {
        assertThat(json("none \u0000\u001f 👻", List.of()))
                .isEqualToNormalizingNewlines(
                        JACKSON.writeValueAsString(outline("none \u0000\u001f 👻", 0, List.of())));
        List<String> frames = STACK.stream().map(StackTraceElement::toString).toList();
        assertThat(json(
                        "two",
                        List.of(
                                thread("a", "a.Lock", Duration.ofSeconds(90), STACK),
                                thread("a", "a.Lock", Duration.ofSeconds(60), STACK),
                                thread("", null, null, List.of()))))
                .isEqualToNormalizingNewlines(JACKSON.writeValueAsString(outline(
                        "two", 3, List.of(group(2, "a", "a.Lock", 90L, frames), group(1, "", null, null, List.of())))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\ud83d",
                "\udc7b",
                "\udc7b\ud83d",
                "\ud83d\ud83d\udc7b\udc7b",
                "a\ud83d\"",
                "/\u2028\u2029",
                "\u007f\u0085\u202e"
            })
    void isReadAsWhatItWas(String text) {
        assertThat(JACKSON.readValue(utf8(ProfileJson.string(text)), String.class))
                .isEqualTo(text);
    }

    @Test
    void everyCharacterIsReadAsWhatItWas() {
        SplittableRandom random = new SplittableRandom(7);
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String text = "" + (char) c + (char) random.nextInt(Character.MAX_VALUE + 1) + (char) c;
            assertThat(JACKSON.readValue(utf8(ProfileJson.string(text)), String.class))
                    .isEqualTo(text);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
