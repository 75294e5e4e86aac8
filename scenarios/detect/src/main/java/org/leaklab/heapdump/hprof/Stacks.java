package org.leaklab.heapdump.hprof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.primitive.LongMap;

/**
 * The stacks of a dump. A dump has a frame record for every frame of every thread, so equal frames are made one object,
 * and equal stacks too.
 */
public final class Stacks {

    private static final int DEEPEST = 1 << 16;

    /** One frame: the element, the method's signature, and the identifier of its class, or -1. */
    public record Frame(StackTraceElement element, String signature, long typeId) {
        public String type() {
            return element.getClassName();
        }

        public String method() {
            return element.getMethodName();
        }

        public boolean isOf(String... types) {
            for (String type : types) {
                if (type().equals(type)) {
                    return true;
                }
            }
            return false;
        }

        /** Equal frames are one object. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        /** Whether it is code of java.base or its like. */
        public boolean isJdk() {
            return type().startsWith("java.") || type().startsWith("jdk.") || type().startsWith("sun.");
        }
    }

    private record Key(long method, long signature, long type, int line) {}

    /** What tells the frames of a stack from others: method, signature, and class with line, frame after frame. */
    private record Numbers(long[] all) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Numbers numbers && Arrays.equals(all, numbers.all);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(all);
        }
    }

    private final DumpFile file;
    private final int idBytes;
    private final Names names;
    private final LongMap classNames; // serial of a class -> identifier of its name, plus one
    private final LongMap classIds;
    private final LongMap frames = new LongMap();
    private final LongMap traces = new LongMap();
    private final Map<Key, Frame> known = new HashMap<>();
    private final Map<Numbers, Stack> same = new HashMap<>();

    Stacks(DumpFile file, int idBytes, Names names, LongMap classNames, LongMap classIds) {
        this.file = file;
        this.idBytes = idBytes;
        this.names = names;
        this.classNames = classNames;
        this.classIds = classIds;
    }

    void addFrame(long id, long at) {
        frames.put(id, at);
    }

    void addTrace(long serial, long at, long length) {
        long fits = (length - 12) / idBytes;
        if (file.u4(at + 8) <= fits) {
            traces.put(serial, at);
        }
    }

    /** A stack; an empty one if it is not in the dump. */
    public Stack get(long serial) {
        long at = traces.get(serial);
        if (at < 0) {
            return Stack.NONE;
        }
        int depth = (int) Math.min(DEEPEST, file.u4(at + 8));
        long[] numbers = new long[3 * depth];
        int size = 0;
        for (int i = 0; i < depth; i++) {
            long frame = frames.get(id(at + 12 + (long) i * idBytes));
            if (frame >= 0) {
                numbers[size++] = id(frame + idBytes);
                numbers[size++] = id(frame + 2L * idBytes);
                numbers[size++] = file.i8(frame + 4L * idBytes); // the class and the line
            }
        }
        Numbers key = new Numbers(size == numbers.length ? numbers : Arrays.copyOf(numbers, size));
        Stack found = same.get(key);
        if (found == null) {
            found = read(at + 12, depth);
            same.put(key, found);
        }
        return found;
    }

    private Stack read(long at, int depth) {
        List<Frame> stack = new ArrayList<>(depth);
        for (int i = 0; i < depth; i++) {
            long frame = frames.get(id(at + (long) i * idBytes));
            if (frame >= 0) {
                stack.add(frame(frame));
            }
        }
        return new Stack(stack);
    }

    private Frame frame(long at) {
        long method = id(at + idBytes);
        long signature = id(at + 2L * idBytes);
        long type = file.u4(at + 4L * idBytes);
        int line = file.i4(at + 4L * idBytes + 4);
        return known.computeIfAbsent(new Key(method, signature, type, line), key -> {
            String source = names.get(id(at + 3L * idBytes));
            long name = classNames.get(type);
            return new Frame(
                    new StackTraceElement(
                            name < 0 ? "?" : names.className(name),
                            names.get(method),
                            source.equals("?") || source.isEmpty() ? null : source,
                            line == -3 ? -2 : line),
                    names.get(signature),
                    classIds.get(type));
        });
    }

    private long id(long at) {
        return idBytes == 8 ? file.i8(at) : file.u4(at);
    }
}
