package org.leaklab.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.Channel;
import org.leaklab.core.Context;
import org.leaklab.core.Launcher;
import org.leaklab.core.Received.Value;
import org.leaklab.core.Select;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.Ticker;
import org.leaklab.core.TimeoutGuard;
import org.leaklab.core.WaitGroup;

/** What workers do: everything that the core offers, with every way to give up. */
final class Steps {

    private static final int LONGEST_NANOS = 50_000;
    private static final int MOST_CLAUSES = 4;
    private static final int MOST_TASKS = 3;
    private static final int HEAVY_EVERY = 200;
    private static final int CLOSE_EVERY = 2_000;

    private final Arena arena;

    Steps(Arena arena) {
        this.arena = arena;
    }

    void anything(Worker worker) throws Exception {
        SplittableRandom random = worker.random;
        if (random.nextInt(HEAVY_EVERY) == 0) {
            switch (random.nextInt(4)) {
                case 0 -> group(worker);
                case 1 -> guard(worker);
                case 2 -> tick(worker);
                default -> round(worker, worker.context());
            }
            return;
        }
        if (random.nextInt(CLOSE_EVERY) == 0) {
            closeOne(worker);
        }
        switch (random.nextInt(12)) {
            case 0, 1 -> send(worker);
            case 2, 3 -> receive(worker);
            case 4, 5, 6 -> select(worker);
            case 7, 8 -> permits(worker);
            case 9, 10 -> count(worker);
            default -> context(worker);
        }
    }

    // what a worker does that nobody disturbs

    void sendTo(Worker worker, int number) throws InterruptedException {
        Channel<Long> channel = arena.channels.get(number);
        long item = worker.ledger.next();
        if (worker.random.nextBoolean()) {
            channel.send(item);
        } else {
            new Select<Integer>().onSend(channel, item, () -> 0).run();
        }
        worker.ledger.sent(number, item);
    }

    void receiveFrom(Worker worker, int number, Context end) throws InterruptedException {
        Channel<Long> channel = arena.channels.get(number);
        Long item = worker.random.nextBoolean()
                ? channel.receive(end)
                : new Select<@Nullable Long>()
                        .onReceive(channel, value -> value)
                        .onDone(end, () -> null)
                        .run();
        received(worker, number, item);
    }

    void patiently(Worker worker) throws InterruptedException {
        switch (worker.random.nextInt(HEAVY_EVERY)) {
            case 0 -> round(worker, Context.background());
            case 1, 2, 3 -> {
                long permits = worker.random.nextLong(1, Arena.PERMITS + 1);
                arena.semaphore.acquire(Context.background(), permits);
                hold(permits);
            }
            default -> {
                arena.mutex.lock();
                countAndUnlock();
            }
        }
    }

    // what a restless one does

    private void send(Worker worker) throws InterruptedException {
        int number = worker.random.nextInt(arena.ledgerChannels());
        Channel<Long> channel = arena.channel(number);
        long item = worker.ledger.next();
        boolean sent = true;
        switch (worker.random.nextInt(4)) {
            case 0 -> channel.send(item);
            case 1 -> channel.send(worker.context(), item);
            case 2 -> sent = channel.send(item, shortTime(worker));
            default -> sent = channel.trySend(item);
        }
        if (sent) {
            worker.ledger.sent(number, item);
        }
    }

    private void receive(Worker worker) throws InterruptedException {
        int number = worker.random.nextInt(arena.ledgerChannels());
        Channel<Long> channel = arena.channel(number);
        Long item = switch (worker.random.nextInt(4)) {
            case 0 -> channel.receive();
            case 1 -> channel.receive(worker.context());
            case 2 -> channel.receive(shortTime(worker)) instanceof Value<Long> value ? value.value() : null;
            default -> channel.tryReceive() instanceof Value<Long> value ? value.value() : null;
        };
        received(worker, number, item);
    }

    private static void received(Worker worker, int number, @Nullable Long item) {
        if (item != null) {
            worker.ledger.received(number, item);
        }
    }

    private void select(Worker worker) throws InterruptedException {
        Select<Boolean> select = new Select<>();
        for (int clause = worker.random.nextInt(MOST_CLAUSES); clause >= 0; clause--) {
            int number = worker.random.nextInt(arena.ledgerChannels());
            if (worker.random.nextBoolean()) {
                long item = worker.ledger.next();
                select.onSend(arena.channel(number), item, () -> {
                    worker.ledger.sent(number, item);
                    return true;
                });
            } else {
                select.onReceive(arena.channel(number), item -> {
                    received(worker, number, item);
                    return true;
                });
            }
        }
        switch (worker.random.nextInt(4)) {
            case 0 -> select.onDone(worker.context(), () -> false);
            case 1 -> select.onTimeout(shortTime(worker), () -> false);
            case 2 -> select.orElse(() -> false);
            default -> select.onDone(arena.root, () -> false);
        }
        select.run();
    }

    private void permits(Worker worker) throws InterruptedException {
        long permits = worker.random.nextLong(1, Arena.PERMITS + 1);
        boolean acquired = true;
        switch (worker.random.nextInt(4)) {
            case 0 -> arena.semaphore.acquire(worker.context(), permits);
            case 1 -> acquired = arena.semaphore.tryAcquire(permits, shortTime(worker));
            case 2 -> acquired = arena.semaphore.tryAcquire(permits);
            default -> arena.semaphore.acquire(Context.background(), permits);
        }
        if (acquired) {
            hold(permits);
        }
    }

    private void hold(long permits) {
        long held = arena.held.addAndGet(permits);
        arena.held.addAndGet(-permits);
        arena.semaphore.release(permits);
        if (held > Arena.PERMITS) {
            throw new IllegalStateException(held + " permits held of " + Arena.PERMITS);
        }
    }

    private void count(Worker worker) throws InterruptedException {
        boolean locked = true;
        switch (worker.random.nextInt(4)) {
            case 0 -> arena.mutex.lock();
            case 1 -> arena.mutex.lock(worker.context());
            case 2 -> locked = arena.mutex.tryLock(shortTime(worker));
            default -> locked = arena.mutex.tryLock();
        }
        if (locked) {
            countAndUnlock();
        }
    }

    private void countAndUnlock() {
        arena.expected.incrementAndGet();
        arena.counted++;
        arena.mutex.unlock();
    }

    private void context(Worker worker) throws InterruptedException {
        Duration time = shortTime(worker);
        try (Context child = worker.random.nextBoolean()
                        ? worker.context().withTimeout(time)
                        : worker.context().withDeadline(Instant.now().plus(time));
                Context.Registration told = child.onDone(() -> {})) {
            Context grandchild = child.withCancel();
            switch (worker.random.nextInt(3)) {
                case 0 -> grandchild.cancel();
                case 1 -> child.done().receive();
                default -> grandchild.done().receive(time);
            }
            child.throwIfDone();
        }
    }

    private void group(Worker worker) throws Exception {
        Launcher threads = arena.launcher(worker.random.nextInt(2));
        boolean cancel = worker.random.nextInt(4) == 0;
        try (TaskGroup group = TaskGroup.open(worker.context(), threads)) {
            if (worker.random.nextBoolean()) {
                group.limit(1);
            }
            for (int task = worker.random.nextInt(MOST_TASKS); task >= 0; task--) {
                int what = worker.random.nextInt(4);
                group.fork("task", () -> task(what, group.context()));
            }
            if (cancel) {
                group.cancel();
            }
            group.join();
        }
    }

    private int task(int what, Context context) throws InterruptedException {
        switch (what) {
            case 0 -> throw new Worker.Planned();
            case 1 -> {
                arena.semaphore.acquire(context, 1);
                hold(1);
            }
            case 2 -> context.done().receive(Duration.ofNanos(LONGEST_NANOS));
            default -> {
                arena.mutex.lock(context);
                countAndUnlock();
            }
        }
        return what;
    }

    private void guard(Worker worker) throws Exception {
        Launcher threads = arena.launcher(worker.random.nextInt(2));
        boolean endless = worker.random.nextBoolean();
        TimeoutGuard.run(threads, worker.context(), "guarded", shortTime(worker), context -> {
            if (endless) {
                context.done().receive();
            }
            return true;
        });
    }

    private void tick(Worker worker) throws InterruptedException {
        Launcher threads = arena.launcher(worker.random.nextInt(2));
        try (Ticker ticker = Ticker.every(threads, Duration.ofNanos(worker.random.nextInt(1, LONGEST_NANOS)))) {
            ticker.ticks().receive(worker.context());
        }
    }

    private void round(Worker worker, Context context) throws InterruptedException {
        WaitGroup group = new WaitGroup();
        int tasks = worker.random.nextInt(1, MOST_TASKS + 1);
        group.add(tasks);
        for (int task = 0; task < tasks; task++) {
            worker.threads.start("counted down", group::done);
        }
        group.await(context);
    }

    private void closeOne(Worker worker) {
        Channel<Long> old = arena.closing.getAndSet(Channel.buffered(worker.random.nextInt(3)));
        old.close();
        while (old.tryReceive() instanceof Value<Long> item) {
            worker.ledger.received(arena.channels.size(), item.value());
        }
    }

    private static Duration shortTime(Worker worker) {
        return Duration.ofNanos(worker.random.nextInt(LONGEST_NANOS));
    }
}
