import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A service whose pool stands still: its tasks wait for tasks of the same pool. And it forgets a scheduler. */
public class Report {

    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);

    public static void main(String[] args) throws Exception {
        Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().name("metrics").factory())
                .scheduleAtFixedRate(() -> {}, 1, 60, TimeUnit.SECONDS);
        for (int customer = 0; customer < 2; customer++) {
            POOL.submit(Report::report);
        }
        TimeUnit.SECONDS.sleep(2);
        System.out.println("process " + ProcessHandle.current().pid() + " makes two reports");
        TimeUnit.HOURS.sleep(1);
    }

    private static String report() throws Exception {
        TimeUnit.MILLISECONDS.sleep(100);
        Future<String> chart = POOL.submit(() -> "a chart"); // both workers are here, so no worker draws it
        return "a report with " + chart.get();
    }
}
