package org.leaklab.heapdump.suspect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.leaklab.heapdump.code.Bytecode;
import org.leaklab.heapdump.hprof.Stacks;
import org.leaklab.heapdump.judge.DumpThread;
import org.leaklab.heapdump.judge.ThreadFacts;

/**
 * Waits with a limit of a day or more, where the limit is seen: a constant at the call in the class file, the field of
 * a virtual thread that has it (JDK 25 and later), or a {@code Duration} on the stack. A primitive variable is in no
 * dump.
 */
final class LongWait {

    private static final Duration DAY = Duration.ofDays(1);

    private final Scene scene;
    private final Bytecode bytecode;

    LongWait(Scene scene, Bytecode bytecode) {
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
                            "it waits for up to " + words(limit) + ", which is for ever in practice; it is meant so if"
                                    + " another thread shall wake it, or if it shall only keep the process alive"));
                }
            }
        }
        return found;
    }

    /** Whether code of the program made the call; pools and closing executors of the JDK have long limits by design. */
    private boolean isOfProgram(DumpThread thread) {
        int jdk = ThreadFacts.jdkFrames(thread);
        List<Stacks.Frame> stack = thread.stack();
        return jdk > 0
                && jdk < stack.size()
                && !stack.get(jdk - 1).method().equals("close")
                && !scene.threads.isMain(thread);
    }

    private Duration limit(DumpThread thread) {
        int jdk = ThreadFacts.jdkFrames(thread);
        Duration limit = bytecode.limit(
                thread.stack().get(jdk), thread.stack().get(jdk - 1).method());
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

    private static String words(Duration limit) {
        long days = limit.toDays();
        if (days > 365) {
            return String.format(Locale.ROOT, "%,d years", days / 365);
        }
        return days == 1 ? "a day" : days + " days";
    }
}
