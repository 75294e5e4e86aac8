package org.leaklab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Puts the words that are no options of a command behind those that are, so that JMH's options may stand anywhere and
 * are never taken apart: its {@code -opi} is no {@code -o} with a value.
 */
final class WordsForJmh implements IParameterPreprocessor {

    private static final String END_OF_OPTIONS = "--";

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's
    public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        List<String> ours = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        while (!words.isEmpty()) {
            String word = words.pop();
            boolean hasValue = word.startsWith("--") && word.contains("=");
            OptionSpec known = command.optionsMap().get(hasValue ? word.substring(0, word.indexOf('=')) : word);
            if (word.equals(END_OF_OPTIONS)) {
                while (!words.isEmpty()) {
                    rest.add(words.pop());
                }
            } else if (known == null) {
                rest.add(word);
            } else {
                ours.add(word);
                if (known.arity().min() > 0 && !hasValue && !words.isEmpty()) {
                    ours.add(words.pop());
                }
            }
        }
        rest.reversed().forEach(words::push);
        words.push(END_OF_OPTIONS);
        ours.reversed().forEach(words::push);
        return false; // and the words are read as usual
    }
}
