package org.leaklab.bench.core;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Exchanger;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TransferQueue;
import org.leaklab.core.Channel;

/** What passes values from senders to receivers: one adapter for each implementation. */
interface Pipe {

    /** Waits until a receiver takes the value or there is room for it. */
    void send(Integer value) throws InterruptedException;

    /** Waits for a value. */
    Integer receive() throws InterruptedException;

    /** A pipe whose send waits for a receiver. */
    static Pipe rendezvous(String implementation) {
        return switch (implementation) {
            case "leaklab" -> new LeaklabPipe(Channel.unbuffered());
            case "jox" -> new JoxPipe(com.softwaremill.jox.Channel.newRendezvousChannel());
            case "synchronous-queue" -> new QueuePipe(new SynchronousQueue<>());
            case "synchronous-queue-fair" -> new QueuePipe(new SynchronousQueue<>(true));
            case "exchanger" -> new ExchangerPipe(new Exchanger<>());
            case "linked-transfer-queue" -> new TransferPipe(new LinkedTransferQueue<>());
            default -> throw new IllegalArgumentException("no rendezvous of " + implementation);
        };
    }

    /** A pipe that takes so many values ahead; the one of a {@link LinkedTransferQueue} takes any number. */
    static Pipe buffered(String implementation, int capacity) {
        return switch (implementation) {
            case "leaklab" -> new LeaklabPipe(Channel.buffered(capacity));
            case "jox" -> new JoxPipe(com.softwaremill.jox.Channel.newBufferedChannel(capacity));
            case "array-blocking-queue" -> new QueuePipe(new ArrayBlockingQueue<>(capacity));
            case "linked-blocking-queue" -> new QueuePipe(new LinkedBlockingQueue<>(capacity));
            case "linked-transfer-queue" -> new QueuePipe(new LinkedTransferQueue<>());
            default -> throw new IllegalArgumentException("no buffer of " + implementation);
        };
    }

    /** A channel of leaklab. */
    record LeaklabPipe(Channel<Integer> channel) implements Pipe {
        @Override
        public void send(Integer value) throws InterruptedException {
            channel.send(value);
        }

        @Override
        public Integer receive() throws InterruptedException {
            return channel.receive();
        }
    }

    /** A channel of jox. */
    record JoxPipe(com.softwaremill.jox.Channel<Integer> channel) implements Pipe {
        @Override
        public void send(Integer value) throws InterruptedException {
            channel.send(value);
        }

        @Override
        public Integer receive() throws InterruptedException {
            return channel.receive();
        }
    }

    /** Any queue that can wait. */
    record QueuePipe(BlockingQueue<Integer> queue) implements Pipe {
        @Override
        public void send(Integer value) throws InterruptedException {
            queue.put(value);
        }

        @Override
        public Integer receive() throws InterruptedException {
            return queue.take();
        }
    }

    /** A queue whose sender waits for the receiver. */
    record TransferPipe(TransferQueue<Integer> queue) implements Pipe {
        @Override
        public void send(Integer value) throws InterruptedException {
            queue.transfer(value);
        }

        @Override
        public Integer receive() throws InterruptedException {
            return queue.take();
        }
    }

    /** Both sides give a value; the receiver's is of no use. For one sender and one receiver only. */
    record ExchangerPipe(Exchanger<Integer> exchanger) implements Pipe {
        private static final Integer NOTHING = 0;

        @Override
        public void send(Integer value) throws InterruptedException {
            exchanger.exchange(value);
        }

        @Override
        public Integer receive() throws InterruptedException {
            return exchanger.exchange(NOTHING);
        }
    }
}
