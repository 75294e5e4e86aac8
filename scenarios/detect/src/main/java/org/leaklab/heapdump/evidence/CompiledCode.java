package org.leaklab.heapdump.evidence;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The methods that the optimizing compiler of a JVM has compiled, as {@code jcmd PID Compiler.codelist} prints them:
 * one a line, with the number of its compilation, its level, its state, and where it is. Code that has been given up is
 * among them as long as a thread runs it. Code in the interpreter, and code of the lower levels, leaves objects as they
 * are; only level 4 takes objects apart.
 *
 * <p>Overloaded methods, classes of one name, and the lambdas of a class are not told apart: each counts as compiled if
 * one of them is. So does what is not written in ASCII, because lists and dumps may write it in two ways.
 */
public final class CompiledCode {

    private static final int OPTIMIZED = 4;
    private static final Pattern PLACE = Pattern.compile(" \\[0x[0-9a-f]+, 0x[0-9a-f]+ - 0x[0-9a-f]+\\]$");
    private static final String LAMBDA = "$$Lambda";

    private final Set<String> methods;

    private CompiledCode(Set<String> methods) {
        this.methods = methods;
    }

    /**
     * Of the answers of a JVM before and after a moment: what ran at that moment is in one of them.
     *
     * @return null if one of them is not such a list
     */
    public static @Nullable CompiledCode of(String before, String after) {
        Set<String> methods = new HashSet<>();
        return read(methods, before) && read(methods, after) ? new CompiledCode(methods) : null;
    }

    /** Whether a text is such a list; adds what it has. */
    private static boolean read(Set<String> methods, String list) {
        for (String line : list.lines().filter(one -> !one.isBlank()).toList()) {
            String[] words = line.split(" ", 4);
            boolean isWhole = words.length == 4
                    && words[3].indexOf('(') >= 0
                    && PLACE.matcher(words[3]).find();
            int level = isWhole ? level(words[1]) : -1; // a name may have a line feed in it
            if (level < 0) {
                return false;
            }
            if (level >= OPTIMIZED) {
                add(methods, words[3]);
            }
        }
        return true;
    }

    /** Languages other than Java write parentheses into names: any of them may begin the signature. */
    private static void add(Set<String> methods, String nameAndSignature) {
        for (int end = nameAndSignature.indexOf('('); end >= 0; end = nameAndSignature.indexOf('(', end + 1)) {
            String method = nameAndSignature.substring(0, end);
            int dot = method.lastIndexOf('.');
            methods.add(name(method.substring(0, Math.max(dot, 0)), method.substring(dot + 1)));
        }
    }

    private static int level(String word) {
        return word.length() == 1 && Character.isDigit(word.charAt(0)) ? word.charAt(0) - '0' : -1;
    }

    /** Hidden classes have a number in their name, which a dump writes in another way. */
    private static String name(String type, String method) {
        int lambda = type.indexOf(LAMBDA);
        int number = type.indexOf("0x");
        String known = lambda >= 0
                ? type.substring(0, lambda + LAMBDA.length())
                : number > 0 ? type.substring(0, number - 1) : type;
        return known + "." + method;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /**
     * Whether the optimizing compiler may have compiled a method.
     *
     * @param type the name of its class, as {@link Class#getName} has it
     */
    public boolean has(String type, String method) {
        return methods.contains(name(type, method)) || !isAscii(type) || !isAscii(method);
    }
}
