package org.leaklab.heapdump.suspect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.ThreadFacts;

/**
 * Waits with a limit of a day or more, where the limit is seen: a constant at the call in the class file, the field of
 * a virtual thread that has it (JDK 25 and later), or a {@code Duration} on the stack. A primitive variable is in no
 * dump.
 */
final class LongWait {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Set<String> ENDS = Set.of("close", "awaitTermination", "join");

    private final Scene scene;
    private final Bytecode bytecode;
    private final boolean hasMain;

    LongWait(Scene scene, Bytecode bytecode) {
        this.hasMain = scene.threads.all().stream().anyMatch(scene.threads::isMain);
        this.scene = scene;
        this.bytecode = bytecode;
    }

    List<Suspect> find() {
        List<Suspect> found = new ArrayList<>();
        for (DumpThread thread : scene.open()) {
            if (thread.state() == Thread.State.TIMED_WAITING && isOfProgram(thread)) {
                Duration limit = limit(thread);
                if (limit.compareTo(DAY) >= 0) {
                    found.add(new Suspect(
                            thread,
                            Suspicion.LONG_WAIT,
                            "It waits for up to " + words(limit) + ". This is no fault if another thread wakes it, or"
                                    + " if it is there to keep the process alive."));
                }
            }
        }
        return found;
    }

    /**
     * Whether code of the program made the call, and not to wait for an end: {@link Behind} knows those that wait for
     * the end of what is stuck. One that is no daemon, and sleeps after {@code main} has ended, keeps the process
     * alive.
     */
    private boolean isOfProgram(DumpThread thread) {
        int jdk = ThreadFacts.jdkFrames(thread);
        Stack stack = thread.stack();
        return jdk > 0
                && jdk < stack.size()
                && !ENDS.contains(stack.get(jdk - 1).method())
                && !scene.threads.isMain(thread)
                && (hasMain || scene.isDaemon(thread) || !ThreadFacts.isIn(thread, "java.lang.Thread", "sleep"));
    }

    private Duration limit(DumpThread thread) {
        int jdk = ThreadFacts.jdkFrames(thread);
        Duration limit = bytecode.limit(
                thread.stack().frames(),
                jdk,
                (frame, type, field, descriptor) -> read(thread, frame, type, field, descriptor));
        Duration own = switch (scene.threads.word(thread)) {
            case "TIMED_PARKED" -> Duration.ofNanos(scene.fields.wide(scene.threads.object(thread), "timeout"));
            case "TIMED_WAIT" -> Duration.ofMillis(scene.fields.wide(scene.threads.object(thread), "timeout"));
            default -> Duration.ZERO;
        };
        limit = limit == null || own.compareTo(limit) > 0 ? own : limit;
        for (int object : scene.threads.held(thread, 0, jdk)) {
            if (scene.heap.typeName(object).equals("java.time.Duration")) {
                Duration held = Duration.ofSeconds(scene.fields.wide(object, "seconds"));
                limit = held.compareTo(limit) > 0 ? held : limit;
            }
        }
        return limit;
    }

    private @Nullable Long read(DumpThread thread, int frame, String type, String field, String descriptor) {
        int[] shown = Arrays.stream(scene.threads.held(thread, frame, frame + 1))
                .filter(object -> scene.is(object, type))
                .distinct()
                .toArray();
        if (shown.length != 1) {
            return null;
        }
        return switch (descriptor) {
            case "J" -> scene.fields.wide(shown[0], field);
            case "I" -> (long) scene.fields.number(shown[0], field, 0);
            default -> null;
        };
    }

    private static String words(Duration limit) {
        long days = limit.toDays();
        if (days > 365) {
            return String.format(Locale.ROOT, "%,d years", days / 365);
        }
        return days == 1 ? "a day" : days + " days";
    }
}
