package org.leaklab.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which rows are measured, and how long. The presets stand in {@code presets.json} beside this class.
 *
 * @param name the word for it
 * @param says what it is for, in a sentence
 * @param groups by name, in the order in which they run
 */
public record Preset(String name, String says, Map<String, Group> groups) {

    private static final String RESOURCE = "presets.json";

    /**
     * What is measured of a group.
     *
     * @param seconds about how long all of it takes on two cores
     * @param parts a row that is in several is measured as the first one says
     */
    public record Group(int seconds, List<Part> parts) {
        public Group {
            parts = List.copyOf(parts);
        }
    }

    public Preset {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    /** All presets. */
    public static List<Preset> all() {
        JsonMapper strict = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream in = Objects.requireNonNull(Preset.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return List.of(strict.readValue(in, Preset[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The preset of a name.
     *
     * @throws IllegalArgumentException if there is none; the message says in a sentence which there are
     */
    public static Preset named(String name) {
        List<Preset> all = all();
        return all.stream()
                .filter(preset -> preset.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no preset \"" + name + "\": it is one of "
                        + String.join(", ", all.stream().map(Preset::name).toList())));
    }

    /**
     * What is measured of a group.
     *
     * @throws IllegalArgumentException if the preset does not say; the message does in a sentence
     */
    Group group(String group) {
        Group found = groups.get(group);
        if (found == null) {
            throw new IllegalArgumentException("the preset " + name + " does not say how the group \"" + group
                    + "\" is measured: "
                    + all().stream()
                            .filter(preset -> preset.groups.containsKey(group))
                            .map(Preset::name)
                            .collect(Collectors.joining(", "))
                    + " do");
        }
        return found;
    }
}
