package org.leaklab.scenario;

import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The resources that are closed when the threads of a scenario are released. The last one is closed first, and each is
 * closed once. If one fails to close, the others are still closed.
 */
final class Resources {

    private static final System.Logger LOG = System.getLogger(Threads.class.getName());

    private final ConcurrentLinkedDeque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

    void add(AutoCloseable resource) {
        open.push(resource);
    }

    /** Closes the resources that are open now. A failure is logged. */
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
