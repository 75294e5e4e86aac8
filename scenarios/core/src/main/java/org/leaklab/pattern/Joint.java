package org.leaklab.pattern;

import org.jspecify.annotations.Nullable;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.TaskFailedException;

/**
 * A channel between two threads of a task group. Each send and receive is under the group's context.
 *
 * <p>Only a sender that ended well closes the channel. A sender that fails leaves it open and cancels the group. So a
 * receiver never takes a failure for the end of the values.
 */
record Joint<T>(Channel<T> channel, Context context) implements Source<T>, Sink<T> {

    static <T> Joint<T> in(TaskGroup group, int capacity) {
        return new Joint<>(Channel.buffered(capacity), group.context());
    }

    /** A joint that is filled by a producer on a new thread of the group. */
    static <T> Joint<T> from(TaskGroup group, int capacity, String name, Producer<T> producer)
            throws InterruptedException {
        Joint<T> joint = in(group, capacity);
        group.fork(name, () -> {
            producer.produce(joint);
            joint.channel.close();
            return joint;
        });
        return joint;
    }

    @Override
    public void send(T value) throws InterruptedException {
        channel.send(context, value);
    }

    @Override
    public @Nullable T receive() throws InterruptedException {
        return channel.receive(context);
    }

    /** Lets a consumer receive. If the consumer learns that the group is done, throws the reason. */
    <R, X extends Exception> R consume(TaskGroup group, Consumer<T, R, X> consumer)
            throws InterruptedException, TaskFailedException, X {
        try {
            return consumer.consume(this);
        } catch (CancelledException e) {
            if (context.isDone()) {
                group.join();
            }
            throw e;
        }
    }
}
