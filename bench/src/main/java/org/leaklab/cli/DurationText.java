package org.leaklab.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line: a number and a unit, such as {@code 500ms}, {@code 2s}, {@code 1m} or {@code 1h}. */
final class DurationText implements ITypeConverter<Duration> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no time: write a number and a unit, such as 500ms, 2s, 1m or 1h");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
