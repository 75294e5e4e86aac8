package org.leaklab.detect;

import static org.leaklab.testing.Eventually.PATIENCE;
import static org.leaklab.testing.Eventually.until;

import java.util.List;
import java.util.TreeSet;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;

/**
 * Leaks a thread beside others that are alive, or that only a finalizer can still reach, and prints what two probes
 * say. Run with each collector by {@link ReachabilityByCollectorTest}.
 */
final class ProbedProgram {

    private static final Channel<Integer> STATIC = Channel.unbuffered();
    private static volatile Channel<Integer> kept;

    private ProbedProgram() {}

    /** Wakes a thread as its last act. */
    private record Waker(Channel<Integer> channel) {
        @Override
        @SuppressWarnings({"deprecation", "removal", "Finalize"})
        protected void finalize() {
            channel.close();
        }
    }

    /** Makes a channel reachable again as its last act. */
    private record Keeper(Channel<Integer> channel) {
        @Override
        @SuppressWarnings({"deprecation", "removal", "Finalize"})
        protected void finalize() {
            kept = channel;
        }
    }

    private static void start(Launcher threads) {
        Channel<Integer> lost = Channel.unbuffered();
        threads.start("leaked", () -> lost.send(1));
        threads.start("on a static", STATIC::receive);
        threads.start("asleep", () -> Thread.sleep(1_000_000));
        Waker waker = new Waker(Channel.unbuffered());
        Channel<Integer> ofWaker = waker.channel();
        threads.start("woken by a finalizer", ofWaker::receive);
        Keeper keeper = new Keeper(Channel.unbuffered());
        Channel<Integer> ofKeeper = keeper.channel();
        threads.start("kept by a finalizer", ofKeeper::receive);
        until(() -> threads.live().stream()
                        .filter(launched -> launched.thread().getState() == Thread.State.WAITING)
                        .count()
                == 4);
    }

    private static TreeSet<String> leaked(Finding finding) {
        TreeSet<String> names = new TreeSet<>(
                finding.threads().stream().map(ThreadSnapshot::name).toList());
        return finding.sound() ? names : new TreeSet<>(List.of("not sound: " + finding));
    }

    public static void main(String[] arguments) throws InterruptedException {
        Launcher threads = Launcher.of(ThreadKind.VIRTUAL);
        try (threads;
                Reachability reachability = Reachability.of(threads)) {
            start(threads);
            System.out.println("first " + leaked(reachability.probe()));
            until(() -> kept != null);
            kept.send(7);
            int left = names(threads).contains("leaked") ? 3 : 2;
            System.out.println("others live on " + threads.awaitLive(left, PATIENCE) + " " + names(threads));
            System.out.println("second " + leaked(reachability.probe()));
        }
    }

    private static TreeSet<String> names(Launcher threads) {
        TreeSet<String> names = new TreeSet<>();
        threads.live().forEach(launched -> names.add(launched.name()));
        return names;
    }
}
