package org.leaklab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of YAML that a composite action of this repository is written in: maps and lists of maps by indentation,
 * plain and quoted scalars, and literal blocks. Anything else is an error, and no guess.
 */
final class ActionFile {

    private static final Pattern ENTRY = Pattern.compile("( *)(- )?([A-Za-z_-]+):(?: (.*))?");

    private final List<String> lines;
    private int at;

    private ActionFile(List<String> lines) {
        this.lines = lines;
    }

    /** The whole file as a map. */
    static Map<String, Object> read(Path file) throws IOException {
        ActionFile reader = new ActionFile(Files.readAllLines(file));
        Map<String, Object> all = reader.map(0);
        if (reader.at < reader.lines.size()) {
            throw reader.wrong("stands where nothing is expected");
        }
        return all;
    }

    private void skip() {
        while (at < lines.size()
                && (lines.get(at).isBlank() || lines.get(at).strip().startsWith("#"))) {
            at++;
        }
    }

    private int indent() {
        skip();
        return at < lines.size()
                ? lines.get(at).length() - lines.get(at).stripLeading().length()
                : -1;
    }

    private Map<String, Object> map(int indent) {
        Map<String, Object> map = new LinkedHashMap<>();
        while (indent() == indent && !lines.get(at).strip().startsWith("- ")) {
            entry(map, lines.get(at), indent);
        }
        return map;
    }

    private void entry(Map<String, Object> map, String line, int indent) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            throw wrong("is no entry");
        }
        at++;
        String value = entry.group(4);
        Object read;
        if (value == null) {
            read = lines.get(indent() < 0 ? 0 : at).strip().startsWith("- ") ? list(indent()) : map(indent());
        } else {
            read = value.equals("|") ? literal(indent) : scalar(value);
        }
        if (map.put(entry.group(3), read) != null) {
            throw wrong("comes after a second " + entry.group(3));
        }
    }

    private List<Object> list(int indent) {
        List<Object> list = new ArrayList<>();
        while (indent() == indent && lines.get(at).strip().startsWith("- ")) {
            Map<String, Object> map = new LinkedHashMap<>();
            entry(map, lines.get(at).replaceFirst("- ", "  "), indent + 2);
            map.putAll(map(indent + 2));
            list.add(map);
        }
        return list;
    }

    private String literal(int indent) {
        StringBuilder text = new StringBuilder();
        int own = indent();
        while (at < lines.size() && (lines.get(at).isBlank() || lines.get(at).startsWith(" ".repeat(own)))) {
            text.append(lines.get(at).isBlank() ? "" : lines.get(at).substring(own))
                    .append('\n');
            at++;
        }
        if (own <= indent) {
            throw wrong("belongs to a block that is empty");
        }
        return text.toString();
    }

    private String scalar(String value) {
        if (value.startsWith("\"")) {
            if (!value.matches("\"[^\"\\\\]*\"")) {
                throw wrong("comes after a quoted text that is none");
            }
            return value.substring(1, value.length() - 1);
        }
        if (value.matches("['\\[{&*!|>%@`].*") || value.contains(": ") || value.contains(" #")) {
            throw wrong("comes after a value that YAML reads as something else: " + value);
        }
        return value;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                "line " + (at + 1) + " " + what + ": " + lines.get(Math.min(at, lines.size() - 1)));
    }
}
