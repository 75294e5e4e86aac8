package org.leaklab.scenario.jvm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;

/**
 * Two tenants use two classes first, each on a virtual thread. The static initializer of each class waits for what a
 * third virtual thread brings. The JVM has two carriers.
 *
 * <p>A thread that runs a static initializer has a frame of the JVM on its stack, so it keeps its carrier while it
 * waits. Both carriers are taken. The database, which would bring the answer, is a virtual thread too and gets no
 * carrier. It never runs, and neither does any other virtual thread of the JVM. Here it starts when both tenants have
 * asked. Up to JDK 25 a thread that only waits until another one has initialized a class keeps its carrier too, so one
 * slow initializer and a few such threads are enough. From JDK 26 on such a thread mostly leaves its carrier.
 *
 * <p>With platform threads nobody needs a carrier, and nothing is stuck. In a JVM with many processors it takes as many
 * tenants as processors, which all begin together: mostly at the start of the program.
 */
@Leak(
        id = "carriers-taken",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 3,
        at = {"CarriersTaken.Schema.<clinit>", "CarriersTaken.Settings.<clinit>"},
        endedBy = EndedBy.JVM,
        cause = "class initializers wait for a virtual thread, and their threads keep all carriers",
        cure = "let no static initializer wait; wait when the value is used",
        seenIn = "camunda/camunda#62154",
        unlike =
                "pinned-carrier: there synchronized keeps the carrier up to JDK 23, here a class initializer does, on all",
        differs = @Leak.Differs(threads = ThreadKind.PLATFORM, stuck = 0, why = "platform threads need no carrier"),
        ownJvm = {"-Djdk.virtualThreadScheduler.parallelism=2", "-Djdk.virtualThreadScheduler.maxPoolSize=2"})
public final class CarriersTaken implements Scenario {

    private static final CompletableFuture<String> ANSWER = new CompletableFuture<>();
    private static final CountDownLatch BOTH_ASK = new CountDownLatch(2);

    private static final class Schema {
        static final String VERSION = ask();
    }

    private static final class Settings {
        static final String VERSION = ask();
    }

    private static final class FixedSchema {
        static String version() {
            return ask();
        }
    }

    private static final class FixedSettings {
        static String version() {
            return ask();
        }
    }

    private static String ask() {
        BOTH_ASK.countDown();
        return ANSWER.join();
    }

    @Override
    public void leaky(Threads threads) throws InterruptedException {
        threads.start("tenant", () -> open(() -> Schema.VERSION));
        threads.start("tenant", () -> open(() -> Settings.VERSION));
        BOTH_ASK.await();
        threads.start("database", () -> ANSWER.complete("v7"));
    }

    @Override
    public void fixed(Threads threads) throws InterruptedException {
        threads.start("tenant", () -> open(FixedSchema::version));
        threads.start("tenant", () -> open(FixedSettings::version));
        BOTH_ASK.await();
        threads.start("database", () -> ANSWER.complete("v7"));
    }

    private static String open(Supplier<String> version) {
        return "version " + version.get();
    }
}

// java -jar benchmarks.jar run carriers-taken --idiom jdk
