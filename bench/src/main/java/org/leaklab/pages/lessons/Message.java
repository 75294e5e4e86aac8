package org.leaklab.pages.lessons;

import java.util.List;

/**
 * What the JVM, libraries and tools say when threads are leaked: seldom that.
 *
 * @param who says it
 * @param text what it says; an ellipsis where it differs
 * @param meaning what has happened
 * @param scenarios ids of scenarios that show how that comes about
 */
public record Message(String who, String text, String meaning, List<String> scenarios) {

    /** Ten of them; where each was read, or seen, stands beside it. */
    public static final List<Message> ALL = List.of(
            // libjvm.so of JDK 21, 25 and 27; seen on JDK 25, with platform threads in little address space
            new Message(
                    "JVM",
                    "java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or process/resource limits reached",
                    "So many platform threads are alive that the system starts no more. The heap may be half empty: stacks lie outside of it, so a larger one makes it worse.",
                    List.of("executor-never-shut-down", "surplus-senders")),
            // seen on JDK 25, with parked virtual threads in a heap of 48 MB
            new Message(
                    "JVM",
                    "java.lang.OutOfMemoryError: Java heap space",
                    "With virtual threads this is how a leak ends: their stacks are objects, and no tool that counts platform threads shows them. In a heap dump they are jdk.internal.vm.StackChunk.",
                    List.of("receive-without-sender", "callback-never-fires")),
            // com.zaxxer.hikari.pool.HikariPool of HikariCP 5.1.0
            new Message(
                    "HikariCP",
                    "HikariPool-1 - Connection is not available, request timed out after 30000ms",
                    "Somebody holds all connections. If that somebody waits for a reply without a limit, a larger pool only takes longer to run dry.",
                    List.of("timeout-holds-resource", "blocking-call-without-timeout")),
            // org.apache.http.impl.conn.PoolingHttpClientConnectionManager of HttpClient 4.5.14
            new Message(
                    "Apache HttpClient",
                    "org.apache.http.conn.ConnectionPoolTimeoutException: Timeout waiting for connection from pool",
                    "Responses were neither read to their end nor closed, so their connections never came back.",
                    List.of("http-response-not-closed")),
            // org/apache/catalina/loader/LocalStrings.properties of Tomcat: webappClassLoader.stackTrace
            new Message(
                    "Tomcat",
                    "The web application […] appears to have started a thread named […] but has failed to stop it. This is very likely to create a memory leak.",
                    "The application was stopped and a thread of it was not. The thread keeps the class loader, and with it all classes of the application: each redeployment adds another set.",
                    List.of("executor-never-shut-down", "ticker-never-stopped")),
            // org.apache.maven.surefire.booter.ForkedBooter of Surefire 3.5.3
            new Message(
                    "Maven Surefire",
                    "Surefire is going to kill self fork JVM. The exit has elapsed 30 seconds after System.exit(0).",
                    "All tests are over, and the JVM does not get through its exit: a shutdown hook waits for a thread that does not end.",
                    List.of("swallowed-interrupt", "ignores-cancellation")),
            // org.codehaus.mojo.exec.ExecJavaMojo of exec-maven-plugin 3.5.0
            new Message(
                    "Maven exec:java",
                    "thread Thread[…] was interrupted but is still alive after waiting at least 15000msecs",
                    "The program's main method has returned, and a thread that it started heeds no interrupt.",
                    List.of("swallowed-interrupt", "infinite-loop")),
            // io.vertx.core.impl.BlockedThreadChecker of Vert.x 4
            new Message(
                    "Vert.x",
                    "Thread vert.x-eventloop-thread-0 has been blocked for 5031 ms, time limit is 2000 ms",
                    "A handler waits on the thread that should serve everybody. If the number grows without an end, it will never be woken.",
                    List.of("blocking-call-without-timeout", "future-never-completed")),
            // seen on JDK 25, with eight workers that wait for a future each
            new Message(
                    "java.util.concurrent",
                    "java.util.concurrent.RejectedExecutionException: Task … rejected from java.util.concurrent.ThreadPoolExecutor@…[Running, pool size = 8, active threads = 8, queued tasks = 100, completed tasks = 0]",
                    "Every worker is busy and the queue is full. Look at the completed tasks: if their number stands still, the workers are not slow but stuck.",
                    List.of("callback-never-fires", "waitgroup-missing-done")),
            // libjvm.so of JDK 21, 25 and 27: in every thread dump that finds one
            new Message(
                    "jstack, jcmd Thread.print",
                    "Found one Java-level deadlock:",
                    "Threads wait for each other in a circle. Its absence proves little: the JVM looks at monitors and locks of java.util.concurrent among platform threads, not at virtual threads, semaphores, latches or channels.",
                    List.of("lock-order-deadlock", "mutex-relock")));

    /** Copies the list. */
    public Message {
        scenarios = List.copyOf(scenarios);
    }
}
