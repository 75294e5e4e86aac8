package org.leaklab.detect;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A profile as JSON: its name, its scope, the time, and the groups with their stacks, the largest first. */
public final class ProfileJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private ProfileJson() {}

    /** A profile's outline. */
    record Outline(String profile, String scope, String at, int total, List<Group> groups) {}

    /** One group. */
    record Group(
            int count,
            String name,
            String kind,
            String state,
            @Nullable String waitsOn,
            String creator,
            @Nullable Long oldestSeconds,
            List<String> stack) {

        static Group of(StuckGroup group) {
            Duration oldest = group.oldest();
            return new Group(
                    group.count(),
                    group.name(),
                    group.kind().name().toLowerCase(Locale.ROOT),
                    ProfileText.state(group.state()),
                    group.waitsOn(),
                    group.creator(),
                    oldest == null ? null : oldest.toSeconds(),
                    group.stack().stream().map(StackTraceElement::toString).toList());
        }
    }

    /** The profile as indented JSON. */
    public static String of(ThreadProfile profile) {
        return MAPPER.writeValueAsString(new Outline(
                profile.name(),
                profile.scope(),
                profile.at().toString(),
                profile.threads().size(),
                profile.groups().stream().map(Group::of).toList()));
    }
}
