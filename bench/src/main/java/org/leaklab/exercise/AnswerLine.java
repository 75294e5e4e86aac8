package org.leaklab.exercise;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line {@code // answer: ...} of a learner's file. */
final class AnswerLine {

    private static final Pattern LINE = Pattern.compile("^\\s*//\\s*answer:(.*)$", Pattern.MULTILINE);

    private AnswerLine() {}

    /** What stands in the last such line; empty if there is none, or if it still has the question mark. */
    static String in(String source) {
        String answer = "";
        Matcher found = LINE.matcher(source);
        while (found.find()) {
            answer = found.group(1).strip();
        }
        return answer.startsWith("?") ? "" : answer;
    }
}
