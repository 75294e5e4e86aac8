package org.leaklab.bench.stuck;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.leaklab.bench.Words;
import org.leaklab.core.Channel;
import org.leaklab.core.Launcher.Task;
import org.leaklab.core.Select;
import org.leaklab.core.ThreadKind;
import org.leaklab.scenario.Threads;

/**
 * What a thread waits on that will never wake it. Each has a primitive of its own, as a leak a request has, but for
 * those that want a lock: one lock is what they all want, and somebody else has it.
 */
public enum StuckOn {
    /** A receive on a channel of leaklab's. */
    CHANNEL {
        @Override
        Task prepare(Threads threads) {
            return () -> Channel.unbuffered().receive();
        }
    },
    /** A {@link ReentrantLock} that is never unlocked. */
    LOCK {
        @Override
        Task prepare(Threads threads) {
            ReentrantLock lock = new ReentrantLock();
            LockHolder.hold(threads, release -> {
                lock.lock();
                try {
                    release.run();
                } finally {
                    lock.unlock();
                }
            });
            return () -> { // and not interruptibly: to take 100,000 interrupted waiters out of its queue takes 15 s
                lock.lock();
                lock.unlock();
            };
        }
    },
    /** A {@link CountDownLatch} that nobody counts down. */
    LATCH {
        @Override
        Task prepare(Threads threads) {
            return () -> new CountDownLatch(1).await();
        }
    },
    /** A select of two receives. */
    SELECT {
        @Override
        Task prepare(Threads threads) {
            return () -> new Select<Integer>()
                    .onReceive(Channel.<Integer>unbuffered(), value -> value)
                    .onReceive(Channel.<Integer>unbuffered(), value -> value)
                    .run();
        }
    },
    /** A sleep of a day. */
    SLEEP {
        @Override
        Task prepare(Threads threads) {
            return () -> Thread.sleep(Duration.ofDays(1));
        }
    },
    /** The entry into a monitor that somebody keeps. */
    SYNCHRONIZED {
        @Override
        Task prepare(Threads threads) {
            Object monitor = new Object();
            LockHolder.hold(threads, release -> {
                synchronized (monitor) {
                    release.run();
                }
            });
            return () -> {
                synchronized (monitor) {
                    Thread.onSpinWait();
                }
            };
        }
    },
    /** {@link Object#wait()} without a notify. */
    OBJECT_WAIT {
        @Override
        @SuppressWarnings("WaitNotInLoop") // nobody notifies
        Task prepare(Threads threads) {
            return () -> {
                Object monitor = new Object();
                synchronized (monitor) {
                    monitor.wait();
                }
            };
        }
    },
    /** A datagram that does not come, on a socket each. */
    SOCKET {
        @Override
        Task prepare(Threads threads) {
            return () -> {
                DatagramSocket socket =
                        threads.closing(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
                socket.receive(new DatagramPacket(new byte[1], 1));
            };
        }
    };

    private static final int FIRST_WITHOUT_PINNING = 24;
    private static final int MOST_SOCKETS = 4_000;
    private static final int MOST_PLATFORM = 4_000;
    private static final int MOST_VIRTUAL = 100_000;
    private static final long MOST_PAYLOAD = 1L << 30;

    /** Makes what all such threads share; the answer is what each of them runs, and never ends. */
    abstract Task prepare(Threads threads);

    /** The word for it, as in a parameter. */
    public String word() {
        return Words.of(this);
    }

    /**
     * How many threads can be stuck in this way at a time.
     *
     * @param payload bytes that each holds
     * @throws IllegalArgumentException if hardly any: before JDK 24 a virtual thread that waits for a monitor keeps its
     *     carrier, and there are only some of those
     */
    public int most(ThreadKind kind, int payload) {
        if (!isFor(kind, Runtime.version().feature())) {
            throw new IllegalArgumentException("on JDK " + Runtime.version().feature() + " a virtual thread stuck in "
                    + word() + " keeps its carrier, so there can be no more of them than carriers");
        }
        long most = kind == ThreadKind.PLATFORM ? MOST_PLATFORM : MOST_VIRTUAL;
        if (this == SOCKET) {
            most = Math.min(most, MOST_SOCKETS);
        }
        return (int) (payload == 0 ? most : Math.min(most, MOST_PAYLOAD / payload));
    }

    /** Whether many threads can be stuck so on a release: no virtual ones for a monitor before JDK 24, which pin. */
    public boolean isFor(ThreadKind kind, int release) {
        boolean monitor = this == SYNCHRONIZED || this == OBJECT_WAIT;
        return !monitor || kind == ThreadKind.PLATFORM || release >= FIRST_WITHOUT_PINNING;
    }
}
