package org.leaklab.ab;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a user gives to JMH: patterns and options.
 *
 * @param words as on JMH's command line
 */
public record JmhWords(List<String> words) {

    private static final String NOT_MEASURED = "runs no benchmark";

    private static final Map<String, String> REFUSED = Map.of(
            "-f", "each run is one fork: say with --pairs how many there are",
            "-rf", "the results of each fork are read as JSON: -o names a folder that holds them",
            "-rff", "the results of each fork are read as JSON: -o names a folder that holds them",
            "-l", NOT_MEASURED,
            "-lp", NOT_MEASURED,
            "-lprof", NOT_MEASURED,
            "-lrf", NOT_MEASURED);

    private static final Pattern ATTACHED = Pattern.compile("(-f)\\d+|(-f|-rf|-rff)=.*");

    /**
     * Keeps a copy.
     *
     * @throws IllegalArgumentException if a word contradicts what is done, or is no option of JMH; the message says so
     *     in a sentence
     */
    public JmhWords {
        words = List.copyOf(words);
        for (int i = 0; i < words.size(); i++) {
            boolean isValue = i > 0 && words.get(i - 1).startsWith("-");
            check(words.get(i), isValue);
        }
    }

    private static void check(String word, boolean isValue) {
        var attached = ATTACHED.matcher(word);
        String option = word;
        if (attached.matches()) {
            option = attached.group(1) != null ? attached.group(1) : attached.group(2);
        }
        String why = REFUSED.get(option);
        if (why != null) {
            throw new IllegalArgumentException("JMH's option " + option + " contradicts bench ab: " + why);
        }
        if (word.startsWith("--") && !isValue) {
            throw new IllegalArgumentException("there is no option \"" + word
                    + "\": bench ab --help lists those of bench " + "ab, and JMH's have one hyphen");
        }
    }

    /** What stands behind the jar on the command line of one fork. */
    List<String> ofOneFork(String resultFile) {
        List<String> ours = List.of("-f", "1", "-rf", "json", "-rff", resultFile);
        List<String> all = new java.util.ArrayList<>(ours);
        if (!words.contains("-foe")) { // a failure would leave a row out, and JMH would exit with 0
            all.addAll(List.of("-foe", "true"));
        }
        all.addAll(words);
        return all;
    }

    /** As on the command line; a word with blanks in quotes. */
    public String line() {
        return String.join(
                " ",
                words.stream()
                        .map(word -> word.matches("\\S+") ? word : "\"" + word + "\"")
                        .toList());
    }
}
