package org.leaklab.detect;

import java.util.concurrent.CountDownLatch;

/** Watches a thread that has the name of one of a probe, and prints what it sees; for {@link ProbeWatchTest}. */
final class NamedAsAProbe {

    private NamedAsAProbe() {}

    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        boolean before = ProbeWatch.begin().sawProbe();
        Thread probe = Thread.ofPlatform().name("leaklab-live").start(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        boolean meanwhile = ProbeWatch.begin().sawProbe();
        end.countDown();
        probe.join();
        System.out.println(before + ", " + meanwhile + ", " + ProbeWatch.begin().sawProbe());
    }
}
