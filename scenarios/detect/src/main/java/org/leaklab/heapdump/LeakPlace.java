package org.leaklab.heapdump;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.Findings.Cause;
import org.leaklab.heapdump.Findings.LeakedGroup;

/**
 * The identity of a group of leaked threads in all builds and runs of a program: why the threads can never be woken,
 * what they wait on, and where.
 *
 * <p>It leaves out what another build or run may change though the mistake is the same: numbers of lines, numbers of
 * lambdas and of hidden classes, verdicts, names and kinds of threads. It also leaves out what another JDK may change:
 * of the classes that the JDK nests in others only the outer one is named, and of the innermost frames that are the
 * JDK's only the last one stays, which is the call that the program made.
 *
 * @param cause why the threads can never be woken
 * @param blocker the class of the objects that they wait on, or null if none is known
 * @param frames the frames that tell the place, the innermost first, each as {@code class.method}: the call that waits,
 *     and the first frame that is neither the JDK's nor leaklab's core. All frames if all are theirs; a suite of tests
 *     then has {@code started by} and a class of tests as the last one.
 */
public record LeakPlace(Cause cause, @Nullable String blocker, List<String> frames) implements Comparable<LeakPlace> {

    /** The number of a lambda's method, as javac, Eclipse, Kotlin and Scala write it; javac's may have a hash too. */
    private static final Pattern LAMBDA_HASH = Pattern.compile("(lambda\\$.+)\\$[0-9a-f]{6,8}\\$\\d+");

    private static final Pattern LAMBDA = Pattern.compile("((?:lambda|\\$anonfun)\\$.+?)\\$\\d+");
    private static final Pattern BARE_LAMBDA = Pattern.compile("lambda\\$\\d+(?=\\$|$)");
    private static final Pattern LAMBDA_CLASS = Pattern.compile("(?s)\\$\\$Lambda.*");
    private static final Pattern HIDDEN_CLASS = Pattern.compile("[/+.]0x[0-9a-fA-F]+$");
    private static final Pattern PROXY = Pattern.compile("\\$Proxy\\d+");

    /** Copies the frames. */
    public LeakPlace {
        frames = List.copyOf(frames);
    }

    /** Returns the place of a group. It has no frames only if the group has none. */
    public static LeakPlace of(LeakedGroup group) {
        List<String> all = frames(group.stack());
        int own = own(group.stack());
        return new LeakPlace(
                group.cause(),
                blocker(group.blocker()),
                own < 0 ? all : all.subList(0, own == 0 ? 1 : 2)); // the call and the frame that made it
    }

    /**
     * Returns whether a group stands at this place. It does if cause and blocker are the same and its stack begins with
     * these frames. So a place with more frames than {@link #of} gives covers fewer groups: it tells apart two callers
     * of one method of a library.
     */
    public boolean covers(LeakedGroup group) {
        List<String> all = frames(group.stack());
        return !frames.isEmpty()
                && cause == group.cause()
                && Objects.equals(blocker, blocker(group.blocker()))
                && frames.size() <= all.size()
                && frames.equals(all.subList(0, frames.size()));
    }

    /** Returns one line, such as {@code unreachable, waits on java.util.concurrent.SynchronousQueue}. */
    public String headline() {
        return blocker == null ? cause.toString() : cause + ", waits on " + blocker;
    }

    /** Returns all of it on one line. */
    @Override
    public String toString() {
        return frames.stream().map(frame -> ", at " + frame).collect(Collectors.joining("", headline(), ""));
    }

    /** Orders places by what {@link #toString()} returns. */
    @Override
    public int compareTo(LeakPlace other) {
        return toString().compareTo(other.toString());
    }

    /** The index of the innermost frame of the program, or -1. */
    private static int own(List<StackTraceElement> stack) {
        for (int i = 0; i < stack.size(); i++) {
            String type = stack.get(i).getClassName();
            if (!isOfTheJdk(type) && !type.startsWith("org.leaklab.core.")) {
                return i;
            }
        }
        return -1;
    }

    /** From the call that the program made outwards. */
    private static List<String> frames(List<StackTraceElement> stack) {
        return stack.subList(Math.max(0, own(stack) - 1), stack.size()).stream()
                .map(frame -> Printable.of(type(frame.getClassName()) + "." + method(frame.getMethodName())))
                .toList();
    }

    private static @Nullable String blocker(@Nullable String type) {
        if (type == null) {
            return null;
        }
        int nested = isOfTheJdk(type) ? type.indexOf('$') : -1;
        return Printable.of(nested < 0 ? type(type) : type.substring(0, nested));
    }

    private static boolean isOfTheJdk(String type) {
        return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
    }

    private static String type(String name) {
        String type = LAMBDA_CLASS.matcher(name).replaceFirst("\\$\\$Lambda");
        type = HIDDEN_CLASS.matcher(type).replaceFirst("");
        return PROXY.matcher(type).replaceFirst("\\$Proxy");
    }

    private static String method(String name) {
        String method = LAMBDA_HASH.matcher(name).replaceFirst("$1");
        method = LAMBDA.matcher(method).replaceFirst("$1");
        return BARE_LAMBDA.matcher(method).replaceAll("lambda");
    }
}
