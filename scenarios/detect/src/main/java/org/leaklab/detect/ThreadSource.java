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

/** Where a detector gets its threads from, and what it can say of that. */
public sealed interface ThreadSource {

    /** A live thread. */
    record Watched(Thread thread, @Nullable Launched launched) {

        /** What it does now. */
        public ThreadSnapshot look() {
            return launched == null ? ThreadSnapshot.of(thread) : ThreadSnapshot.of(launched);
        }
    }

    /** The threads that live now. Whoever keeps the answer keeps them. */
    Collection<Watched> threads();

    /** Which threads these are, in words. */
    String scope();

    /** What each of them does now, without those that end meanwhile. */
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

    /** The threads of one launcher. */
    static ThreadSource of(Launcher launcher) {
        return new OfLauncher(launcher);
    }

    /**
     * All platform threads of this JVM but the JDK's own, all threads of launchers, and all virtual threads where they
     * can be seen ({@value JvmThreads#OPEN}).
     */
    static ThreadSource jvm() {
        return new OfJvm();
    }

    /** One launcher's. */
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

    /** The whole JVM's. */
    record OfJvm() implements ThreadSource {
        @Override
        public Collection<Watched> threads() {
            Map<Thread, Watched> threads = new LinkedHashMap<>();
            List<Launched> ofLaunchers = new ArrayList<>();
            for (LiveThreads live : Launchers.all()) {
                ofLaunchers.addAll(live.snapshot(Launched.class));
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
                    : "platform threads of the JVM, and virtual threads of launchers; others need " + JvmThreads.OPEN;
        }
    }
}
