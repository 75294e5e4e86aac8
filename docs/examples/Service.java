import java.util.concurrent.SynchronousQueue;
import org.leaklab.core.Launcher;
import org.leaklab.core.ThreadKind;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSource;
import org.leaklab.serve.ProfileServer;

public class Service {
    public static void main(String[] args) throws InterruptedException {
        Launcher threads = Launcher.of(ThreadKind.VIRTUAL); // starts the virtual threads of the service
        ProfileServer.start(6060, ThreadSource.jvm(), Reachability.of(threads));
        for (int i = 0; i < 3; i++) {
            threads.start("request", () -> new SynchronousQueue<String>().put("42")); // no thread takes it: a leak
        }
        Thread.currentThread().join(); // a service goes on
    }
}
