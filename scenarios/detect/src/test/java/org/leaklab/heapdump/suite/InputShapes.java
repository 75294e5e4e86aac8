package org.leaklab.heapdump.suite;

import static org.leaklab.heapdump.suite.Label.HEALTHY;

import java.io.IOException;
import java.io.InputStream;
import java.lang.Thread.State;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CountDownLatch;
import org.leaklab.core.ThreadKind;

/** Threads that wait for the world outside: a dump cannot know what it will do. */
final class InputShapes {

    private InputShapes() {}

    /** A platform thread waits for input inside the system, a virtual one is parked. */
    private static State waiting(Stage stage) {
        return stage.isVirtual() ? State.WAITING : State.RUNNABLE;
    }

    @Shape
    static void accept(Stage stage) {
        stage.start(HEALTHY, waiting(stage), () -> {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                server.accept().close();
            }
        });
    }

    /** Both ends are in the reading thread: it would be leaked, if the system were not asked. */
    @Shape
    static void read(Stage stage) {
        CountDownLatch latch = new CountDownLatch(1);
        stage.start(HEALTHY, waiting(stage), () -> {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                    Socket peer = server.accept()) {
                client.getInputStream().read();
                peer.getOutputStream().write(1);
                latch.countDown();
            }
        });
        stage.start(HEALTHY, latch::await);
    }

    @Shape
    static void acceptOnAChannel(Stage stage) {
        stage.start(HEALTHY, waiting(stage), () -> {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(null);
                server.accept().close();
            }
        });
    }

    @Shape
    static void receivePacket(Stage stage) {
        boolean looksNowAndThen = stage.isVirtual() && Runtime.version().feature() < 24;
        stage.start(HEALTHY, looksNowAndThen ? State.TIMED_WAITING : waiting(stage), () -> {
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                socket.receive(new java.net.DatagramPacket(new byte[1], 1));
            }
        });
    }

    @Shape(kinds = ThreadKind.PLATFORM)
    static void select(Stage stage) {
        stage.start(HEALTHY, State.RUNNABLE, () -> {
            try (Selector selector = Selector.open()) {
                selector.select();
            }
        });
    }

    @Shape
    static void pipe(Stage stage) {
        stage.start(HEALTHY, waiting(stage), () -> {
            Pipe pipe = Pipe.open();
            try (Pipe.SourceChannel source = pipe.source()) {
                source.read(ByteBuffer.allocate(1));
            }
            pipe.sink().close();
        });
    }

    /** Ends with its input, which would be closed when nobody has it any more. */
    private static Process cat() throws IOException {
        Process cat = new ProcessBuilder("cat").start();
        Stage.keep(cat.getOutputStream());
        return cat;
    }

    /**
     * The JVM has a thread of its own that waits for the end of the process; it ends with its input, so with this JVM.
     */
    @Shape(once = true)
    static void process(Stage stage) throws IOException {
        Process cat = cat();
        stage.start(HEALTHY, () -> cat.waitFor());
    }

    /** A virtual thread keeps its carrier for it: it is mounted, and what is on its stack is alive. */
    @Shape(once = true)
    static void outputOfAProcess(Stage stage) throws IOException {
        InputStream output = cat().getInputStream();
        CountDownLatch latch = new CountDownLatch(1);
        stage.start(HEALTHY, State.RUNNABLE, () -> {
            output.read();
            latch.countDown();
        });
        stage.start(HEALTHY, latch::await);
    }

    /** The service is in nobody's hands but its own thread's, which waits for the system. */
    @Shape(once = true)
    static void watchService(Stage stage) throws IOException {
        java.nio.file.Path folder = java.nio.file.Path.of(System.getProperty("java.io.tmpdir"));
        stage.start(HEALTHY, () -> {
            try (java.nio.file.WatchService watch = folder.getFileSystem().newWatchService()) {
                watch.take();
            }
        });
    }
}
