package org.leaklab.heapdump.judge;

import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.hprof.Stack;
import org.leaklab.heapdump.hprof.Stacks;

/** A thread of a dump, and what becomes known of it. */
public final class DumpThread {

    /** Number of the {@code Thread} object. */
    final int object;

    /** As {@link Thread#threadId} has it, or 0. */
    final long id;

    final String name;
    final boolean virtual;

    /** What it does, as {@link Thread#getState} would say. */
    final Thread.State state;

    /** The JDK's word for that, as the constants of {@code VirtualThread} have it, or empty. */
    final String word;

    final Stack stack;

    /** Objects that only it starts to run with, which lead to its task and so are cut like the thread itself. */
    final int[] parts;

    /** Whether it waits without limit, as far as its own fields say, or as the JVM says beside the dump. */
    boolean suspended;

    /** Its place in {@link DumpThreads#all}. */
    int index;

    /** Where its references begin and end in {@link DumpThreads#held}. */
    int heldFrom;

    int heldTo;

    /** What it waits for; set where it is a candidate, or waits on purpose. */
    @Nullable
    Wait wait;

    /** What would lead to it after an interrupt: itself, or one of its blockers; or -1 if nothing would. */
    int through = -1;

    /** Why nothing can be said of it, or null. */
    @Nullable
    String unknown;

    /** Of the threads that may own the monitor that it enters, one that is stuck itself; or null. */
    @Nullable
    DumpThread holder;

    /** Whether it is still one of those that nobody can wake. */
    boolean candidate;

    DumpThread(
            int object,
            long id,
            String name,
            boolean virtual,
            Thread.State state,
            String word,
            boolean suspended,
            Stack stack,
            int[] parts) {
        this.object = object;
        this.id = id;
        this.name = name;
        this.virtual = virtual;
        this.state = state;
        this.word = word;
        this.suspended = suspended;
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

    /**
     * Whether it waits without limit, as far as its own fields say. One that waits for a class initializer is among
     * them, though its {@linkplain #state state} is runnable; see {@link #waitsForInitializer}.
     */
    public boolean isSuspended() {
        return suspended;
    }

    /** The object that it waits on, or -1. */
    public int blocker() {
        return wait == null ? -1 : wait.shown();
    }

    /** The thread that alone could end its wait; null if there is no such thread, or none is seen, or it has ended. */
    public @Nullable DumpThread owner() {
        return wait instanceof Wait.Owned owned ? owned.owner() : holder;
    }

    /** Whether it waits for what only one thread can give, whoever else reaches what it waits on. */
    public boolean waitsForOwner() {
        return wait instanceof Wait.Owned || wait instanceof Wait.Entering;
    }

    /** Whether it waits for the end of its {@linkplain #owner owner}. */
    public boolean waitsForEnd() {
        return wait instanceof Wait.Owned owned && owned.owner() != null && owned.shown() == owned.owner().object;
    }

    /**
     * Whether it waits until its {@linkplain #owner owner} has initialized a class. A virtual thread does so mounted,
     * if it is runnable, and then its carrier can do nothing else.
     */
    public boolean waitsForInitializer() {
        return wait instanceof Wait.Owned owned && owned.initializes();
    }

    /** Whether it waits to keep the process alive. */
    public boolean waitsOnPurpose() {
        return wait instanceof Wait.OnPurpose;
    }

    /** Why nothing can be said of it, or null. */
    public @Nullable String unknown() {
        return unknown;
    }

    /** Whether an interrupt, its own or another thread's, could still end its wait. */
    public boolean canBeInterrupted() {
        return through >= 0;
    }

    /** Takes it for one that does not wait: it has been seen to go on. */
    void goesOn() {
        suspended = false;
        candidate = false;
        wait = null;
        unknown = null;
    }

    /** The innermost frame, or null. */
    Stacks.@Nullable Frame top() {
        return stack.top();
    }

    @Override
    public String toString() {
        return name;
    }
}
