package org.leaklab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.leaklab.testing.Eventually.until;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.Waits;

/** What ends a wait is not always a thread of the cell: the network and other launchers do so too. */
class SurroundingsTest {

    private static final int MILLIS = 150;

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @FunctionalInterface
    interface Wait {
        void begin(Threads threads) throws Exception;
    }

    /** A thread that waits for {@value #MILLIS} ms without a lock of the core. */
    enum Parked implements Wait {
        FOR_A_HANDLER_THAT_SLEEPS {
            @Override
            public void begin(Threads threads) throws Exception {
                HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
                server.createContext("/", exchange -> {
                    sleep();
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
                server.start();
                threads.closing(() -> server.stop(0));
                HttpClient client = HttpClient.newHttpClient();
                threads.closing(client::shutdownNow);
                threads.start(
                        "client", () -> at(() -> get(client, server.getAddress().getPort(), 60_000)));
            }
        },
        FOR_AN_ANSWER_WITH_A_TIMEOUT {
            @Override
            public void begin(Threads threads) throws Exception {
                ServerSocket silent = threads.closing(new ServerSocket(0, 5, HERE));
                HttpClient client = HttpClient.newHttpClient();
                threads.closing(client::shutdownNow);
                threads.start("client", () -> at(() -> get(client, silent.getLocalPort(), MILLIS)));
            }
        },
        FOR_A_THREAD_WITH_A_NAME_OF_THE_CLIENT {
            @Override
            public void begin(Threads threads) {
                Thread sleeper = Thread.ofPlatform()
                        .name("HttpClient-1-Worker-1")
                        .daemon()
                        .start(SurroundingsTest::sleep);
                threads.start("joins", () -> at(sleeper::join));
            }
        },
        FOR_ANOTHER_LAUNCHER {
            @Override
            public void begin(Threads threads) {
                Channel<Integer> channel = Channel.unbuffered();
                threads.start("receiver", () -> at(channel::receive));
                Launcher.of(ThreadKind.VIRTUAL).start("computes", () -> {
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    channel.trySend(1);
                });
            }
        },
        FOR_A_PLAIN_VIRTUAL_THREAD_THAT_COMPUTES {
            @Override
            public void begin(Threads threads) {
                Channel<Integer> channel = Channel.unbuffered();
                threads.start("receiver", () -> at(channel::receive));
                Thread.ofVirtual().start(() -> {
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    channel.trySend(1);
                });
            }
        },
        FOR_A_POOL_OVER_A_QUEUE_OF_DELAYED_TASKS {
            @Override
            @SuppressWarnings({"unchecked", "rawtypes"}) // a pool wants a queue of plain tasks
            public void begin(Threads threads) {
                Channel<Integer> channel = Channel.unbuffered();
                threads.start("receiver", () -> at(channel::receive));
                ThreadPoolExecutor pool =
                        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, (BlockingQueue) new DelayQueue<Later>());
                threads.closing(pool::shutdownNow);
                pool.prestartCoreThread();
                pool.getQueue().add(new Later(channel, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS)));
            }
        }
    }

    record Later(Channel<Integer> channel, long due) implements Delayed, Runnable {
        @Override
        public void run() {
            channel.trySend(1);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /** A thread that waits for {@value #MILLIS} ms for a socket. */
    enum Socketed implements Wait {
        SELECTOR {
            @Override
            public void begin(Threads threads) throws Exception {
                Selector selector = threads.closing(Selector.open());
                threads.start("selects", () -> at(() -> selector.select(MILLIS)));
            }
        },
        DATAGRAM {
            @Override
            public void begin(Threads threads) throws Exception {
                DatagramSocket socket = threads.closing(new DatagramSocket(0, HERE));
                socket.setSoTimeout(MILLIS);
                threads.start("receives", () -> at(() -> socket.receive(new DatagramPacket(new byte[9], 9))));
            }
        },
        ACCEPT {
            @Override
            public void begin(Threads threads) throws Exception {
                ServerSocketChannel channel = threads.closing(ServerSocketChannel.open());
                ServerSocket socket =
                        channel.bind(new InetSocketAddress(HERE, 0)).socket();
                socket.setSoTimeout(MILLIS);
                threads.start("accepts", () -> at(socket::accept));
            }
        },
        SENDER_IS_A_PLAIN_VIRTUAL_THREAD {
            @Override
            public void begin(Threads threads) throws Exception {
                ServerSocket server = threads.closing(new ServerSocket(0, 5, HERE));
                Socket reader = threads.closing(new Socket(HERE, server.getLocalPort()));
                Socket writer = threads.closing(server.accept());
                threads.start("reads", () -> at(() -> reader.getInputStream().read()));
                Thread.ofVirtual().start(() -> {
                    sleep();
                    try {
                        writer.getOutputStream().write(1);
                    } catch (IOException e) { // the lab may have closed it
                    }
                });
            }
        }
    }

    @FunctionalInterface
    interface Call {
        void make() throws Exception;
    }

    /** The place. */
    static void at(Call call) throws Exception {
        try {
            call.make();
        } catch (HttpTimeoutException | SocketTimeoutException | SocketException e) { // the wait is over
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void get(HttpClient client, int port, int millis) throws IOException, InterruptedException {
        URI address = URI.create("http://" + HERE.getHostAddress() + ":" + port + "/");
        client.send(
                HttpRequest.newBuilder(address)
                        .timeout(Duration.ofMillis(millis))
                        .build(),
                BodyHandlers.discarding());
    }

    @Leak(id = "parks", family = Family.IO, stuck = 1, at = "SurroundingsTest.at", cause = "c", cure = "c")
    record Parks(Wait cause) implements Scenario {
        @Override
        public void leaky(Threads threads) throws Exception {
            cause.begin(threads);
        }

        @Override
        public void fixed(Threads threads) {}
    }

    @Leak(
            id = "waits-for-bytes",
            family = Family.IO,
            stuck = 1,
            waits = Waits.SOCKET,
            at = "SurroundingsTest.at",
            cause = "c",
            cure = "c")
    record WaitsForBytes(Wait cause) implements Scenario {
        @Override
        public void leaky(Threads threads) throws Exception {
            cause.begin(threads);
        }

        @Override
        public void fixed(Threads threads) {}
    }

    static Stream<Arguments> transientWaits() {
        return Stream.concat(
                        Arrays.stream(Parked.values()).map(Parks::new),
                        Arrays.stream(Socketed.values()).map(WaitsForBytes::new))
                .flatMap(scenario -> Arrays.stream(ThreadKind.values()).map(kind -> Arguments.of(scenario, kind)));
    }

    @ParameterizedTest
    @MethodSource("transientWaits")
    void aWaitThatSomethingWillEndDoesNotCount(Scenario scenario, ThreadKind kind) throws InterruptedException {
        CellResult result = new Lab(Duration.ofMillis(3 * MILLIS)).run(new Cell(scenario, Variant.LEAKY, kind, 1));
        assertThat(result.observedStuck()).as(result.toString()).isZero();
    }

    /** A thread that works from time to time, and waits just now for a lock that somebody has. */
    private static Thread ticks(Runnable enters) {
        return Thread.ofPlatform().daemon().name("ticks").start(() -> {
            enters.run();
            try {
                Thread.sleep(Duration.ofHours(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void isNoneOfTheCell(Surroundings around, Thread ticks) throws InterruptedException {
        until(() -> ticks.getState() == Thread.State.TIMED_WAITING);
        List<String> restless = around.restless(List.of(), Waits.PARKED);
        ticks.interrupt();
        ticks.join();
        assertThat(restless).noneMatch(thread -> thread.contains("ticks"));
    }

    @Test
    void whoEntersAMonitorBeforeTheCellIsNoneOfIt() throws InterruptedException {
        Object monitor = new Object();
        Surroundings around;
        Thread ticks;
        synchronized (monitor) {
            ticks = ticks(() -> {
                synchronized (monitor) {
                    assertThat(Thread.holdsLock(monitor)).isTrue();
                }
            });
            until(() -> ticks.getState() == Thread.State.BLOCKED);
            around = Surroundings.before();
        }
        isNoneOfTheCell(around, ticks);
    }

    @Test
    void whoWaitsForALockBeforeTheCellIsNoneOfIt() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        Thread ticks = ticks(() -> {
            lock.lock();
            lock.unlock();
        });
        Surroundings around;
        try {
            until(() -> ticks.getState() == Thread.State.WAITING);
            around = Surroundings.before();
        } finally {
            lock.unlock();
        }
        isNoneOfTheCell(around, ticks);
    }

    /** A worker without a task may get one from the cell. */
    @Test
    void whoRestsBeforeTheCellMayBeOfUse() throws InterruptedException {
        CountDownLatch task = new CountDownLatch(1);
        Thread ticks = ticks(() -> {
            try {
                task.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        until(() -> ticks.getState() == Thread.State.WAITING);
        Surroundings around = Surroundings.before();
        task.countDown();
        until(() -> ticks.getState() == Thread.State.TIMED_WAITING);
        List<String> restless = around.restless(List.of(), Waits.PARKED);
        ticks.interrupt();
        ticks.join();
        assertThat(restless).anyMatch(thread -> thread.contains("ticks"));
    }
}
