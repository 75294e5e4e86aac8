package org.leaklab.heapdump.judge;

import org.leaklab.heapdump.hprof.Stack;

/** A thread of a dump, as its own fields show it. Immutable; what is judged of it is its {@link ThreadVerdict}. */
public final class DumpThread {

    /** Number of the {@code Thread} object. */
    final int object;

    /** Its place in {@link DumpThreads#all}. */
    final int index;

    /** As {@link Thread#threadId} has it, or 0. */
    final long id;

    final String name;
    final boolean virtual;

    /** What it does, as {@link Thread#getState} would say. */
    final Thread.State state;

    /** The JDK's word for that, as the constants of {@code VirtualThread} have it; empty if its fields do not say. */
    final String word;

    /** Whether it waits without limit, as far as its own fields say. */
    final boolean waits;

    final Stack stack;

    /** Objects that only it starts to run with, which lead to its task and so are cut like the thread itself. */
    final int[] parts;

    DumpThread(
            int object,
            int index,
            long id,
            String name,
            boolean virtual,
            Thread.State state,
            String word,
            boolean waits,
            Stack stack,
            int[] parts) {
        this.object = object;
        this.index = index;
        this.id = id;
        this.name = name;
        this.virtual = virtual;
        this.state = state;
        this.word = word;
        this.waits = waits;
        this.stack = stack;
        this.parts = parts;
    }

    /** Its place in {@link Judgement#threads}. */
    public int index() {
        return index;
    }

    /** As {@link Thread#threadId} has it, or 0. */
    public long id() {
        return id;
    }

    /** Empty for an unnamed one. */
    public String name() {
        return name;
    }

    /** Whether it is a virtual thread. */
    public boolean isVirtual() {
        return virtual;
    }

    /** What it does, as {@link Thread#getState} would say. */
    public Thread.State state() {
        return state;
    }

    /** Innermost frame first. */
    public Stack stack() {
        return stack;
    }

    @Override
    public String toString() {
        return name;
    }
}
