package org.leaklab.scenario;

import java.util.concurrent.ConcurrentLinkedDeque;

/** What is closed when the threads of a scenario are released: the last first, each once, whatever the others do. */
final class Resources {

    private static final System.Logger LOG = System.getLogger(Threads.class.getName());

    private final ConcurrentLinkedDeque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

    void add(AutoCloseable resource) {
        open.push(resource);
    }

    /** Closes those that are open now; a failure is logged. */
    void close() throws InterruptedException {
        for (AutoCloseable resource; (resource = open.poll()) != null; ) {
            try {
                resource.close();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                LOG.log(System.Logger.Level.DEBUG, "closing " + resource + " failed", e);
            }
        }
    }
}
