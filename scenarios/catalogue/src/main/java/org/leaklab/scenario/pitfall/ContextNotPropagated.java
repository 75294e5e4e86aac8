package org.leaklab.scenario.pitfall;

import java.util.Objects;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.scenario.Family;
import org.leaklab.scenario.Leak;
import org.leaklab.scenario.Scenario;
import org.leaklab.scenario.Threads;
import org.leaklab.scenario.WrongAnswer;

/**
 * A child task that is started under the background context instead of its caller's.
 *
 * <p>A context carries two things down to a task: whom it works for, and when to stop. The child gets neither. It books
 * for an unknown tenant: that is the wrong answer. And it waits for more orders after the request is over: that is the
 * stuck thread. The background is never done, no other thread has the other end of the channel, and nothing else can
 * wake the child.
 *
 * <p>In Go: {@code go audit(context.Background(), entries)} inside of a function that was given a {@code ctx}.
 */
@Leak(
        id = "context-not-propagated",
        family = Family.PITFALL,
        stuck = 1,
        at = "Channel.receive",
        wrongAnswer = true,
        cause = "the task is given the background context, which has no tenant and is never cancelled",
        cure = "hand on the context you were given; only main and tests begin at the background",
        unlike = "uncancelled-context: there the task only runs on; here it has lost its tenant as well, so its result"
                + " is wrong")
public final class ContextNotPropagated implements Scenario {

    private static final Context.Key<String> TENANT = new Context.Key<>("tenant");

    @Override
    public void leaky(Threads threads) throws Exception {
        Channel<String> booked = Channel.unbuffered();
        String tenant;
        try (Context request = Context.background().withValue(TENANT, "acme").withCancel()) {
            Channel<String> orders = Channel.buffered(1);
            threads.start("audit", () -> audit(Context.background(), orders, booked));
            orders.send("order 1");
            tenant = booked.receive(request);
        }
        WrongAnswer.unless("order 1 for acme", tenant);
    }

    @Override
    public void fixed(Threads threads) throws Exception {
        Channel<String> booked = Channel.unbuffered();
        String tenant;
        try (Context request = Context.background().withValue(TENANT, "acme").withCancel()) {
            Channel<String> orders = Channel.buffered(1);
            threads.start("audit", () -> audit(request, orders, booked));
            orders.send("order 1");
            tenant = booked.receive(request);
        }
        WrongAnswer.unless("order 1 for acme", tenant);
    }

    /** Books every order that comes while the context lasts. */
    private static void audit(Context context, Channel<String> orders, Channel<String> booked)
            throws InterruptedException {
        String tenant = Objects.requireNonNullElse(context.value(TENANT), "nobody");
        orders.forEach(context, order -> booked.send(context, order + " for " + tenant));
    }
}

// java -jar benchmarks.jar run context-not-propagated --idiom channel
