package org.leaklab.bench.run;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Options of a JVM as they may be published: without what they say of a machine's folders, names and addresses. */
final class PublishableOptions {

    private static final Pattern PROPERTY_OF_OTHERS =
            Pattern.compile("-D(?!jdk\\.|sun\\.|jmh\\.|leaklab\\.(?!histograms))");
    private static final Pattern AGENT = Pattern.compile("-(agentlib|agentpath|javaagent):");
    private static final Pattern PATH = Pattern.compile("(?<=^|[=:,;])(/|[A-Za-z]:[\\\\/])[^,;=]*");

    private PublishableOptions() {}

    static List<String> of(Collection<String> options) {
        return options.stream()
                .filter(option -> !PROPERTY_OF_OTHERS.matcher(option).lookingAt())
                .map(option -> AGENT.matcher(option).lookingAt() ? option.replaceFirst("=.*", "") : option)
                .map(option -> PATH.matcher(option).replaceAll("PATH"))
                .toList();
    }
}
