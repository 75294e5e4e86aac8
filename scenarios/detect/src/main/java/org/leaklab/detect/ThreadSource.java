package org.leaklab.detect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.live.Launchers;
import org.leaklab.core.live.LiveThreads;
import org.leaklab.detect.probe.Canary;

/** Gives a detector its threads: those of one launcher, or those of the whole JVM. Safe for use by several threads. */
public sealed interface ThreadSource {

    /**
     * A live thread of a source.
     *
     * @param thread the thread; this record holds it
     * @param launched what its launcher knows of it, or null if no launcher started it
     */
    record Watched(Thread thread, @Nullable Launched launched) {

        /** Looks at what the thread does now. */
        public ThreadSnapshot look() {
            return launched == null ? ThreadSnapshot.of(thread) : ThreadSnapshot.of(launched);
        }
    }

    /**
     * Returns a snapshot of the threads that live now. The collection holds its threads: while the program keeps it,
     * they count as alive for {@link Reachability}. While a probe is under way, virtual threads may be missing: a
     * {@link ProbeWatch} tells.
     *
     * @throws IllegalStateException if the JDK's thread containers cannot be read; only for {@link #jvm()}
     */
    Collection<Watched> threads();

    /** Says which threads this source has. */
    String scope();

    /** Looks at each thread, one after the other. Leaves out threads that end meanwhile. */
    default List<ThreadSnapshot> look() {
        List<ThreadSnapshot> looks = new ArrayList<>();
        for (Watched watched : threads()) {
            ThreadSnapshot look = watched.look();
            if (watched.thread().isAlive()) { // one without a stack has not got a carrier yet
                looks.add(look);
            }
        }
        return looks;
    }

    /** Returns a source of the threads of one launcher. */
    static ThreadSource of(Launcher launcher) {
        return new OfLauncher(launcher);
    }

    /**
     * Returns a source of the threads of this JVM: all threads of launchers, all platform threads except the
     * {@linkplain JvmThreads JDK's own}, and the other virtual threads if the JVM was started with the option
     * {@link JvmThreads#OPEN}.
     */
    static ThreadSource jvm() {
        return new OfJvm();
    }

    /** The threads of one launcher, in the order of their start. */
    record OfLauncher(Launcher launcher) implements ThreadSource {
        @Override
        public Collection<Watched> threads() {
            List<Watched> threads = new ArrayList<>();
            for (Launched launched : launcher.live()) {
                threads.add(new Watched(launched.thread(), launched));
            }
            return threads;
        }

        @Override
        public String scope() {
            return "threads of the launcher";
        }
    }

    /** The threads of this JVM. */
    record OfJvm() implements ThreadSource {
        @Override
        public Collection<Watched> threads() {
            Map<Thread, Watched> threads = new LinkedHashMap<>();
            List<Launched> ofLaunchers = new ArrayList<>();
            for (LiveThreads live : Launchers.all()) {
                if (!Canary.isIn(live)) { // a thread of a probe, and none of the program
                    ofLaunchers.addAll(live.snapshot(Launched.class));
                }
            }
            ofLaunchers.sort(Comparator.comparingLong(Launched::startedAt));
            for (Launched launched : ofLaunchers) {
                threads.put(launched.thread(), new Watched(launched.thread(), launched));
            }
            Set<Thread> others = new HashSet<>(JvmThreads.platform());
            others.addAll(JvmThreads.virtual());
            others.forEach(thread -> threads.putIfAbsent(thread, new Watched(thread, null)));
            return List.copyOf(threads.values());
        }

        @Override
        public String scope() {
            return JvmThreads.seesVirtual()
                    ? "all threads of the JVM"
                    : "platform threads of the JVM, and virtual threads of launchers; to see others, "
                            + JvmThreads.remedy();
        }
    }
}
