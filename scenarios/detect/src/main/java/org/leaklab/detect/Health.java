package org.leaklab.detect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether threads of a source are in a deadlock: what a health check of a service can act on.
 *
 * <p>Only a deadlock is ill health. One of platform threads alone is proven; one with a virtual thread was seen in ten
 * looks, as {@link Deadlock} says. A service with leaked threads grows, and still works; so leaked threads, suspects,
 * and threads whose lock has an owner that the detector cannot see leave it up. Immutable; it does not hold threads.
 *
 * @param scope says which threads were looked at
 * @param deadlocks what {@link Deadlock#find} found
 * @param unseen what it could not see, and why; one sentence for each. If the list is not empty, {@link #up()} does not
 *     mean that there is no deadlock. While a probe is under way, {@link ProbeWatch#SENTENCE} is one of them.
 */
public record Health(String scope, List<Deadlock.Circle> deadlocks, List<String> unseen) {

    /** Creates a health with copies of the lists. */
    public Health {
        deadlocks = List.copyOf(deadlocks);
        unseen = List.copyOf(unseen);
    }

    /** Looks for deadlocks among the threads of a source, as {@link Deadlock#find} does. Waits for none of them. */
    public static Health of(ThreadSource source) {
        LockWaits waits = LockWaits.of(source);
        List<Deadlock.Circle> deadlocks = Deadlock.find(source, waits);
        return new Health(source.scope(), deadlocks, waits.unseen());
    }

    /** Returns false if there is a deadlock. */
    public boolean up() {
        return deadlocks.isEmpty();
    }

    /**
     * Returns this as indented JSON. The object has the members {@code status}, which is {@code up} or {@code down},
     * {@code scope}, {@code deadlocks} and {@code unseen}. A deadlock has {@code sentence} and {@code threads}, in the
     * order of the circle. A thread has {@code name}, {@code id}, {@code kind}, {@code state}, {@code waitsOn} and
     * {@code stack}, the innermost frame first; an unknown {@code waitsOn} is null.
     */
    public String json() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("status", ProfileJson.string(up() ? "up" : "down"));
        members.put("scope", ProfileJson.string(scope));
        members.put(
                "deadlocks",
                ProfileJson.array(deadlocks.stream().map(Health::deadlock).toList()));
        members.put(
                "unseen",
                ProfileJson.array(unseen.stream().map(ProfileJson::string).toList()));
        return ProfileJson.object(members, "");
    }

    private static String deadlock(Deadlock.Circle circle) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("sentence", ProfileJson.string(circle.sentence()));
        members.put(
                "threads",
                ProfileJson.array(circle.threads().stream().map(Health::thread).toList()));
        return ProfileJson.object(members, "  ");
    }

    private static String thread(ThreadSnapshot thread) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("name", ProfileJson.string(thread.name()));
        members.put("id", String.valueOf(thread.threadId()));
        members.put("kind", ProfileJson.string(thread.kind().name().toLowerCase(Locale.ROOT)));
        members.put("state", ProfileJson.string(ProfileText.state(thread.state())));
        members.put("waitsOn", ProfileJson.string(thread.waitsOn()));
        members.put("stack", ProfileJson.stack(thread.stack()));
        return ProfileJson.object(members, "    ");
    }
}
