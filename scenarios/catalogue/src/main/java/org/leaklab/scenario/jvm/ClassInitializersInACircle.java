package org.leaklab.scenario.jvm;

import java.util.concurrent.CountDownLatch;
import org.leaklab.scenario.EndedBy;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Idiom;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/**
 * Two classes, each of which needs a constant of the other one in its static initializer, and two threads that use them
 * first at the same moment.
 *
 * <p>A class is initialized by the thread that uses it first. Every other thread waits until that is done. One thread
 * initializes the country and needs the currency, the other one initializes the currency and needs the country. Neither
 * gets on, no interrupt ends the wait, and every later thread that uses one of the classes waits as well. Here each
 * initializer waits until the other one has begun. If one thread uses both classes first, nothing hangs: it sees the
 * constant that is not there yet as null.
 *
 * <p>In a thread dump both threads are {@code RUNNABLE} and {@code in Object.wait()}. The first frame is
 * {@code <clinit>}, and the line below it says {@code waiting on the Class initialization monitor for} and the other
 * class. The JVM reports no deadlock.
 */
@Leak(
        id = "class-initializers-in-a-circle",
        idiom = Idiom.JDK,
        family = Family.JVM,
        stuck = 2,
        waits = Waits.INITIALIZER,
        at = {"ClassInitializersInACircle.Country.<clinit>", "ClassInitializersInACircle.Currency.<clinit>"},
        endedBy = EndedBy.JVM,
        cause = "each thread initializes the class that the other one waits for",
        cure = "let static initializers need each other in one direction, and look up the rest when it is used",
        seenIn = {"netty/netty#5720", "square/javapoet#799", "palantir/atlasdb#4374"},
        ownJvm = "-Djdk.virtualThreadScheduler.parallelism=4")
public final class ClassInitializersInACircle implements Scenario {

    private static final CountDownLatch BOTH_BEGUN = new CountDownLatch(2);

    private record Country(String name, Currency currency) {
        static final Country GERMANY = new Country(begin("Germany"), Currency.EURO);
    }

    private record Currency(String name, Country home) {
        static final Currency EURO = new Currency(begin("euro"), Country.GERMANY);
    }

    @Override
    public void leaky(Threads threads) {
        threads.start("invoice", () -> print(Country.GERMANY.currency().name()));
        threads.start("exchange", () -> print(Currency.EURO.home().name()));
    }

    /** The country of the fixed form. */
    private record FixedCountry(String name, FixedCurrency currency) {
        static final FixedCountry GERMANY = new FixedCountry(begin("Germany"), FixedCurrency.EURO);
    }

    /** The currency of the fixed form. Its initializer needs no country. */
    private record FixedCurrency(String name) {
        static final FixedCurrency EURO = new FixedCurrency(begin("euro"));

        FixedCountry home() {
            return FixedCountry.GERMANY;
        }
    }

    @Override
    public void fixed(Threads threads) {
        threads.start("invoice", () -> print(FixedCountry.GERMANY.currency().name()));
        threads.start("exchange", () -> print(FixedCurrency.EURO.home().name()));
    }

    private static String begin(String name) {
        BOTH_BEGUN.countDown();
        try {
            BOTH_BEGUN.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return name;
    }

    private static String print(String name) {
        return "in " + name;
    }
}

// java -jar benchmarks.jar run class-initializers-in-a-circle --idiom jdk
