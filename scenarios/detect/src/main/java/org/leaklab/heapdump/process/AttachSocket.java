package org.leaklab.heapdump.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The attach socket of another JVM. The JVM opens it, in its temporary directory, when somebody attaches to it for the
 * first time, and keeps it until it ends. It opens no port. Each command is a connection of its own: the client writes
 * the version of the protocol, the operation and three arguments, each with a zero byte after it; the JVM answers with
 * a line that has a number, 0 if all is well, then with the text, and closes the connection.
 *
 * <p>A JVM that hangs does not answer: a command ends with an {@code IOException} if there is nothing to read for some
 * time. A heap dump has no such limit, because the JVM says nothing until it has written all.
 */
public final class AttachSocket implements Commands {

    private static final int ARGUMENTS = 3;
    private static final int LONGEST_ARGUMENT = 1024;

    /** No thread print is longer: 100,000 platform threads with stacks of 50 frames are 400 MB. */
    private static final int LONGEST_ANSWER = 1 << 30;

    private static final Duration NO_LIMIT = Duration.ZERO;
    private static final int PIECE = 1 << 16;

    private final long pid;
    private final Path socket;
    private final Duration limit;

    /** For a process to which somebody has attached. */
    public AttachSocket(long pid, Path socket) {
        this(pid, socket, Patience.LIMIT);
    }

    /** With the time that the JVM may say nothing. */
    AttachSocket(long pid, Path socket, Duration limit) {
        this.pid = pid;
        this.socket = socket;
        this.limit = limit;
    }

    @Override
    public String dumpHeap(Path file) throws IOException {
        return execute(NO_LIMIT, "dumpheap", file.toString(), "-live");
    }

    @Override
    public String run(String name, String... arguments) throws IOException {
        StringBuilder command = new StringBuilder(name);
        for (String argument : arguments) {
            command.append(' ').append(argument.indexOf(' ') < 0 ? argument : '"' + argument + '"');
        }
        return execute(limit, "jcmd", command.toString());
    }

    /**
     * Runs an operation of the attach protocol.
     *
     * @return what the JVM says, as text in UTF-8
     * @throws IOException if the connection fails, the JVM does not answer, or it says that the operation failed
     */
    public String execute(String operation, String... arguments) throws IOException {
        return execute(limit, operation, arguments);
    }

    private String execute(Duration limit, String operation, String... arguments) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        append(request, "1");
        append(request, operation);
        for (int i = 0; i < ARGUMENTS; i++) {
            append(request, i < arguments.length ? arguments[i] : "");
        }
        byte[] answer;
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer bytes = ByteBuffer.wrap(request.toByteArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            answer = answer(channel, limit);
        }
        int end = 0;
        while (end < answer.length && answer[end] != '\n') {
            end++;
        }
        String code = new String(answer, 0, end, StandardCharsets.UTF_8);
        String text = end >= answer.length
                ? ""
                : new String(answer, end + 1, answer.length - end - 1, StandardCharsets.UTF_8);
        if (!code.equals("0")) {
            throw new IOException("process " + pid + " refuses " + List.of(arguments) + " of " + operation + ": "
                    + (code.isEmpty() ? "it ended, or it closed the connection" : firstLine(text)));
        }
        return text;
    }

    private byte[] answer(SocketChannel channel, Duration limit) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (answer.size() < LONGEST_ANSWER) {
                if (selector.select(limit.toMillis()) == 0) { // 0 is no limit
                    throw Thread.currentThread().isInterrupted()
                            ? new IOException("interrupted while process " + pid + " was asked")
                            : Patience.lost(pid, limit);
                }
                selector.selectedKeys().clear();
                int read = channel.read(piece.clear());
                if (read < 0) {
                    break;
                }
                answer.write(piece.array(), 0, read);
            }
        }
        return answer.toByteArray();
    }

    private static void append(ByteArrayOutputStream request, String word) throws IOException {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_ARGUMENT) {
            throw new IOException("the path is longer than the " + LONGEST_ARGUMENT
                    + " bytes that a JVM can be told: name a shorter one with -Djava.io.tmpdir");
        }
        request.writeBytes(bytes);
        request.write(0);
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.isEmpty() ? "it gives no reason" : line;
    }
}
