package org.leaklab.heapdump.evidence;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.detect.json.JsonText;

/**
 * The file of {@code jcmd PID Thread.dump_to_file -format=json}. It has threads of both kinds, but no carrier-only
 * state and no class initializer that a thread waits for. JDK 21 to 24 write stacks only: no states, no locks, and not
 * which threads are virtual.
 *
 * <p>The JVM visits one thread after the other while they run on, so two threads may seem to own one monitor.
 *
 * @param threads the threads, in the order of the file
 * @param hasStates whether the JVM wrote the states of threads and what they wait for
 * @param jdk version of the JVM, or null if it does not say it
 * @param at when it was written, as text, or null if it does not say it
 */
public record JsonThreadDump(
        List<DumpedThread> threads,
        boolean hasStates,
        @Nullable String jdk,
        @Nullable String at) {

    /**
     * A thread. Objects stand there as class, {@code @} and identity hash code, as {@code Object.toString} has it: two
     * objects may have the same text.
     *
     * @param id its {@code Thread.threadId()}
     * @param name its name, which may be anything
     * @param virtual whether it is virtual, or null if the JVM does not say it
     * @param state its state, or null if the JVM does not say it
     * @param blockedOn the object whose monitor it wants to enter, or null
     * @param waitingOn the object on which it is in {@code Object.wait}, or null
     * @param parkBlocker the object that it is parked on, or null
     * @param parkOwner identifier of the thread that owns this object as a lock of {@code java.util.concurrent}, or
     *     null
     * @param carrier identifier of the thread that carries it, or null if it is not mounted, or the JVM does not say it
     * @param monitors what it has locked, the innermost first; JDK 26 shows here what {@code Object.wait} gave up
     * @param stack its frames, the innermost first
     * @param container the name of the group that it belongs to
     */
    public record DumpedThread(
            long id,
            String name,
            @Nullable Boolean virtual,
            Thread.@Nullable State state,
            @Nullable String blockedOn,
            @Nullable String waitingOn,
            @Nullable String parkBlocker,
            @Nullable Long parkOwner,
            @Nullable Long carrier,
            List<LockedAt> monitors,
            List<StackTraceElement> stack,
            String container) {

        /** Returns the object that it waits for in any way, or null. */
        public @Nullable String waitsFor() {
            return blockedOn != null ? blockedOn : waitingOn != null ? waitingOn : parkBlocker;
        }

        /** Returns the objects whose monitors it owns, without those that it has given up to wait. */
        public Set<String> owned() {
            Set<String> owned = new HashSet<>();
            monitors.forEach(locked -> owned.addAll(locked.objects()));
            if (waitingOn != null) {
                owned.remove(waitingOn);
            }
            if (blockedOn != null) {
                owned.remove(blockedOn); // at the end of a wait it enters again
            }
            return owned;
        }
    }

    /**
     * The monitors that a thread locked in one frame.
     *
     * @param depth the frame, 0 for the innermost
     * @param objects the objects, without those that the compiler took apart
     */
    public record LockedAt(int depth, List<String> objects) {}

    /** Returns the thread with an identifier, or null. */
    public @Nullable DumpedThread thread(long id) {
        for (DumpedThread thread : threads) {
            if (thread.id() == id) {
                return thread;
            }
        }
        return null;
    }

    /** Returns the only thread that owns the monitor of an object, or null if there is none, or several. */
    public @Nullable DumpedThread ownerOf(String object) {
        DumpedThread owner = null;
        for (DumpedThread thread : threads) {
            if (thread.owned().contains(object)) {
                if (owner != null) {
                    return null;
                }
                owner = thread;
            }
        }
        return owner;
    }

    /**
     * Reads a thread dump as a stream.
     *
     * @throws IOException if it cannot be read, is not JSON, or is no thread dump; the message is one sentence
     */
    public static JsonThreadDump read(Reader in) throws IOException {
        JsonText json = new JsonText(in);
        List<DumpedThread> threads = new ArrayList<>();
        boolean[] seen = new boolean[1];
        Map<String, StackTraceElement> frames = new HashMap<>(); // most threads share theirs
        @Nullable String[] head = new @Nullable String[2];
        json.object(top -> {
            if (!top.equals("threadDump")) {
                json.skip();
                return;
            }
            json.object(member -> {
                switch (member) {
                    case "threadContainers" -> {
                        seen[0] = true;
                        json.array(() -> readContainer(json, threads, frames));
                    }
                    case "runtimeVersion" -> head[0] = json.scalar();
                    case "time" -> head[1] = json.scalar();
                    default -> json.skip();
                }
            });
        });
        json.end();
        if (!seen[0]) {
            throw new IOException("this JSON is no thread dump: it has no member threadContainers");
        }
        Set<Long> ids = new HashSet<>();
        for (DumpedThread thread : threads) {
            if (!ids.add(thread.id())) {
                throw new IOException("this thread dump has thread " + thread.id() + " twice");
            }
        }
        return new JsonThreadDump(
                List.copyOf(threads), threads.stream().anyMatch(thread -> thread.state() != null), head[0], head[1]);
    }

    private static void readContainer(JsonText json, List<DumpedThread> threads, Map<String, StackTraceElement> frames)
            throws IOException {
        String[] name = {"?"};
        json.object(member -> {
            switch (member) {
                case "container" -> name[0] = String.valueOf(json.scalar());
                case "threads" -> json.array(() -> threads.add(new Members(json, frames).read(name[0])));
                default -> json.skip();
            }
        });
    }

    /** What is read of one thread, until all its members are known. */
    private static final class Members {

        private final JsonText json;
        private final Map<String, StackTraceElement> frames;
        private final List<LockedAt> monitors = new ArrayList<>();
        private final List<StackTraceElement> stack = new ArrayList<>();
        private @Nullable String id;
        private String name = "";
        private @Nullable Boolean virtual;
        private Thread.@Nullable State state;
        private @Nullable String blockedOn;
        private @Nullable String waitingOn;
        private @Nullable String parkBlocker;
        private @Nullable Long parkOwner;
        private @Nullable Long carrier;

        Members(JsonText json, Map<String, StackTraceElement> frames) {
            this.json = json;
            this.frames = frames;
        }

        DumpedThread read(String container) throws IOException {
            json.object(this::member);
            if (state != null && virtual == null) {
                virtual = false; // only the virtual ones say it
            }
            return new DumpedThread(
                    number(id),
                    name,
                    virtual,
                    state,
                    blockedOn,
                    waitingOn,
                    parkBlocker,
                    parkOwner,
                    carrier,
                    List.copyOf(monitors),
                    List.copyOf(stack),
                    container);
        }

        private void member(String member) throws IOException {
            switch (member) {
                case "tid" -> id = json.scalar();
                case "name" -> name = String.valueOf(json.scalar());
                case "virtual" -> virtual = Boolean.valueOf(json.scalar());
                case "state" -> state = state(json.scalar());
                case "blockedOn" -> blockedOn = json.scalar();
                case "waitingOn" -> waitingOn = json.scalar();
                case "carrier" -> carrier = number(json.scalar());
                case "parkBlocker" -> json.object(this::blocker);
                case "monitorsOwned" -> json.array(this::locked);
                case "stack" -> json.array(this::frame);
                default -> json.skip();
            }
        }

        private void blocker(String member) throws IOException {
            switch (member) {
                case "object" -> parkBlocker = json.scalar();
                case "owner" -> parkOwner = number(json.scalar());
                default -> json.skip();
            }
        }

        private void locked() throws IOException {
            List<String> objects = new ArrayList<>();
            int[] depth = {-1};
            json.object(member -> {
                switch (member) {
                    case "depth" -> depth[0] = (int) number(json.scalar());
                    case "locks" ->
                        json.array(() -> {
                            String object = json.scalar();
                            if (object
                                    != null) { // null stands for one that the compiler took apart: nobody waits for it
                                objects.add(object);
                            }
                        });
                    default -> json.skip();
                }
            });
            monitors.add(new LockedAt(depth[0], List.copyOf(objects)));
        }

        private void frame() throws IOException {
            String text = String.valueOf(json.scalar());
            StackTraceElement frame = frames.get(text);
            if (frame == null) {
                frame = FrameText.parse(text);
                if (frame == null) {
                    throw new IOException("a frame of thread " + id + " is none");
                }
                frames.put(text, frame);
            }
            stack.add(frame);
        }

        private static Thread.@Nullable State state(@Nullable String word) throws IOException {
            try {
                return word == null ? null : Thread.State.valueOf(word);
            } catch (IllegalArgumentException e) {
                throw new IOException("a thread has a state that Java does not know", e);
            }
        }

        private static long number(@Nullable String text) throws IOException {
            try {
                return Long.parseLong(String.valueOf(text));
            } catch (NumberFormatException e) {
                throw new IOException("a thread has the number " + text, e);
            }
        }
    }
}
