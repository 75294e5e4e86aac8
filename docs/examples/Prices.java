import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;

/** A server on virtual threads that leaks: each request asks three shops, and takes the first answer alone. */
public class Prices {

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/price", Prices::answer);
        server.start();
        System.out.println("process " + ProcessHandle.current().pid() + " listens on port 8080");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] price = price().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, price.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(price);
        }
    }

    private static String price() {
        SynchronousQueue<String> answers = new SynchronousQueue<>();
        for (String shop : new String[] {"north", "south", "west"}) {
            Thread.ofVirtual().name("price-" + shop).start(() -> send(shop + ": 42\n", answers));
        }
        try {
            return answers.take(); // one of three: two threads wait for a second and a third take
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "no price\n";
        }
    }

    private static void send(String answer, SynchronousQueue<String> answers) {
        try {
            answers.put(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
