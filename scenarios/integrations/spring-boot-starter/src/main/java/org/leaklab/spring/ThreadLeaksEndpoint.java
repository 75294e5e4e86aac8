package org.leaklab.spring;

import org.leaklab.micrometer.SharedCensus;
import org.leaklab.serve.SharedProbe;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@code threadleaks}. GET says how many threads there are now, and what the last probe found; it
 * never runs a probe. POST runs one and says the same. It gets the last result instead if this is younger than
 * {@code leaklab.probe.interval}, and those who ask at the same time share one probe.
 *
 * <p>POST must be allowed with {@code management.endpoint.threadleaks.access=unrestricted}, because a probe collects
 * garbage. Both show names and stacks of threads, and classes of the program. As any endpoint but {@code health}, it is
 * not exposed over HTTP unless {@code management.endpoints.web.exposure.include} names it. Safe for use by several
 * threads.
 */
@Endpoint(id = "threadleaks", defaultAccess = Access.READ_ONLY)
public final class ThreadLeaksEndpoint {

    private final SharedCensus census;
    private final SharedProbe probe;

    /** Creates an endpoint that shows a count of threads, and the last result of a probe. */
    public ThreadLeaksEndpoint(SharedCensus census, SharedProbe probe) {
        this.census = census;
        this.probe = probe;
    }

    /**
     * Returns the numbers of threads now, and the last probe.
     *
     * @throws InterruptedException if the current thread is interrupted while another one counts
     */
    @ReadOperation
    public ThreadLeaks last() throws InterruptedException {
        return ThreadLeaks.of(census.get(), probe.last());
    }

    /**
     * Runs a probe, unless the last one is young enough, and returns the same as {@link #last}.
     *
     * @throws InterruptedException if the current thread is interrupted
     */
    @WriteOperation
    public ThreadLeaks probe() throws InterruptedException {
        SharedProbe.Result result = probe.get();
        return ThreadLeaks.of(census.get(), result);
    }
}
