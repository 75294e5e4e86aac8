package org.leaklab.heapdump.hprof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stack of a dump, the innermost frame first. Threads with equal stacks share one object, so what is found out of one
 * stack is known of all of them.
 */
public final class Stack {

    /** Of a thread whose stack is not in the dump. */
    public static final Stack NONE = new Stack(List.of());

    private final List<Stacks.Frame> frames;
    private final List<Stacks.Frame> jdk;

    /** Of these frames, the innermost first. */
    public Stack(List<Stacks.Frame> frames) {
        this.frames = List.copyOf(frames);
        int depth = 0;
        while (depth < frames.size() && frames.get(depth).isJdk()) {
            depth++;
        }
        this.jdk = this.frames.subList(0, depth);
    }

    /** All frames, the innermost first. */
    public List<Stacks.Frame> frames() {
        return frames;
    }

    /** The innermost frames that are code of the JDK, up to the first one that is not. */
    public List<Stacks.Frame> jdk() {
        return jdk;
    }

    /** The innermost frame, or null. */
    public Stacks.@Nullable Frame top() {
        return frames.isEmpty() ? null : frames.getFirst();
    }

    /** The innermost frame that is not code of the JDK, or null. */
    public Stacks.@Nullable Frame caller() {
        return jdk.size() < frames.size() ? frames.get(jdk.size()) : null;
    }

    /** How many of the innermost frames are code of {@code Object} itself, as those of {@code Object.wait} are. */
    public int ofObject() {
        int depth = 0;
        while (depth < frames.size() && frames.get(depth).isOf("java.lang.Object")) {
            depth++;
        }
        return depth;
    }

    /** A frame, 0 the innermost. */
    public Stacks.Frame get(int frame) {
        return frames.get(frame);
    }

    public int size() {
        return frames.size();
    }

    public boolean isEmpty() {
        return frames.isEmpty();
    }

    @Override
    public String toString() {
        return frames.toString();
    }
}
