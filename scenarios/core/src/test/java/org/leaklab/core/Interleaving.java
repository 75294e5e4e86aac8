package org.leaklab.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.leaklab.core.Channel.ClosedException;
import org.leaklab.core.ChannelModel.Clause;
import org.leaklab.core.ChannelModel.Flaw;
import org.leaklab.core.Context.CancelledException;
import org.leaklab.core.Received.Closed;
import org.leaklab.core.Received.Empty;
import org.leaklab.core.Received.Late;
import org.leaklab.core.Received.Value;

/**
 * One interleaving of operations, chosen at random and carried out step by step on real threads and in a
 * {@link ChannelModel}: a step begins when the one before it has either returned or waits. So a seed gives the same
 * interleaving each time, but for the choice of a select among several clauses that are ready.
 */
final class Interleaving {

    private static final int STEPS = 60;
    private static final int MOST_WAITING = 8;
    private static final int MOST_CLAUSES = 3;
    private static final Duration SHORT = Duration.ofNanos(1);
    private static final long LOOK_NANOS = 20_000;

    private enum How {
        WAITING,
        WITH_CONTEXT,
        WITH_TIMEOUT,
        WITHOUT_WAITING
    }

    private record Waiting(Call<String> call, Context context, How how) {}

    private final SplittableRandom random;
    private final List<Launcher> launchers;
    private final Duration patience;
    private final List<Channel<Integer>> channels;
    private final ChannelModel model;
    private final Map<Integer, Waiting> waiting = new TreeMap<>();
    private final List<String> story = new ArrayList<>();
    private final Context root = Context.background().withCancel();
    private int actors;
    private int items;

    Interleaving(List<Launcher> launchers, Flaw flaw, Duration patience, long seed) {
        this.random = new SplittableRandom(seed);
        this.launchers = launchers;
        this.patience = patience;
        List<Integer> capacities = random.ints(random.nextInt(1, 4), 0, 3)
                .mapToObj(index -> List.of(0, 1, 3).get(index))
                .toList();
        this.channels = capacities.stream().map(Channel::<Integer>buffered).toList();
        this.model = new ChannelModel(flaw, capacities);
    }

    /** Runs it; the first difference to the model ends it. */
    void run() {
        try {
            for (int step = 0; step < STEPS; step++) {
                int choice = random.nextInt(20);
                if (choice < 3 && !waiting.isEmpty()) {
                    giveUp(choice == 0);
                } else if (choice == 3 && random.nextInt(5) == 0) {
                    close(random.nextInt(channels.size()));
                } else {
                    operate();
                }
                compare();
            }
            IntStream.range(0, channels.size()).forEach(this::close);
            compare();
            drain();
            root.close();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", after:\n" + String.join("\n", story), e);
        } finally {
            waiting.values().forEach(each -> each.call.interrupt());
        }
    }

    private void operate() {
        How how = waiting.size() < MOST_WAITING ? any(How.values()) : How.WITHOUT_WAITING;
        List<Clause> clauses = new ArrayList<>();
        for (int clause = random.nextInt(1, MOST_CLAUSES + 1); clause > 0; clause--) {
            clauses.add(new Clause(random.nextInt(channels.size()), random.nextBoolean(), ++items));
        }
        int actor = ++actors;
        story.add(actor + " " + how + " " + clauses);
        Context context = how == How.WITH_CONTEXT ? root.withCancel() : root;
        Map<String, Clause> possible = model.possible(clauses);
        Launcher threads = any(launchers.toArray(Launcher[]::new));
        Call<String> call = new Call<>(threads, "actor " + actor, () -> result(clauses, how, context));
        if (possible.isEmpty() && (how == How.WAITING || how == How.WITH_CONTEXT)) {
            model.waits(actor, clauses);
            waiting.put(actor, new Waiting(call, context, how));
            return;
        }
        Set<String> allowed = possible.isEmpty() ? Set.of(ChannelModel.NOTHING) : possible.keySet();
        String result = ended(actor, call, allowed);
        if (!possible.isEmpty()) {
            model.happens(possible.get(result));
        }
        if (how == How.WITH_CONTEXT) {
            context.close();
        }
    }

    private void giveUp(boolean interrupting) {
        int actor = List.copyOf(waiting.keySet()).get(random.nextInt(waiting.size()));
        Waiting one = waiting.get(actor);
        if (interrupting || one.how != How.WITH_CONTEXT) {
            story.add(actor + " is interrupted");
            model.givesUp(actor, "interrupted");
            one.call.interrupt();
        } else {
            story.add(actor + " is cancelled");
            model.givesUp(actor, "cancelled");
            one.context.cancel();
        }
    }

    private void close(int number) {
        if (!channels.get(number).isClosed()) {
            story.add("close " + number);
            model.closes(number);
            channels.get(number).close();
        }
    }

    private void drain() {
        for (int number = 0; number < channels.size(); number++) {
            List<Clause> receive = List.of(new Clause(number, false, 0));
            while (channels.get(number).tryReceive() instanceof Value<Integer> item) {
                Clause clause = model.possible(receive).get(ChannelModel.received(item.value()));
                if (clause == null) {
                    throw new AssertionError(item.value() + " was left in channel " + number);
                }
                model.happens(clause);
            }
        }
        compare();
    }

    /** Those that were to be woken have returned what they must, and the others wait. */
    private void compare() {
        model.takeWoken().forEach((actor, allowed) -> {
            Waiting one = waiting.remove(actor);
            String ended = one == null ? "nothing was known of" : ended(actor, one.call, allowed);
            if (one == null) {
                throw new AssertionError(ended + " " + actor);
            }
            if (one.how == How.WITH_CONTEXT) {
                one.context.close();
            }
        });
        await(() -> ChannelModel.picture(channels).equals(model.picture()));
        String seen = ChannelModel.picture(channels);
        if (!seen.equals(model.picture())) {
            throw new AssertionError("expected " + model.picture() + " but there are " + seen);
        }
        List<Integer> over = waiting.keySet().stream()
                .filter(actor -> waiting.get(actor).call.isOver())
                .toList();
        if (!over.isEmpty()) {
            throw new AssertionError("these were to wait, but did not: " + over);
        }
        long contexts = waiting.values().stream()
                .filter(each -> each.how == How.WITH_CONTEXT)
                .count();
        if (root.dependents() != contexts) {
            throw new AssertionError(root.dependents() + " dependents, not " + contexts);
        }
    }

    private String ended(int actor, Call<String> call, Set<String> allowed) {
        await(call::isOver);
        String result = call.isOver() ? call.value() : "waiting";
        story.add("    " + actor + ": " + result);
        if (!allowed.contains(result)) {
            throw new AssertionError(actor + " should have " + allowed + " but is " + result);
        }
        return result;
    }

    private void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Carries it out for real, directly where there is a direct way. */
    private String result(List<Clause> clauses, How how, Context context) {
        try {
            return clauses.size() == 1 && (clauses.getFirst().item() & 1) == 0
                    ? direct(clauses.getFirst(), how, context)
                    : select(clauses, how, context);
        } catch (ClosedException e) {
            return ChannelModel.SEND_ON_CLOSED;
        } catch (CancelledException e) {
            return "cancelled";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    private String direct(Clause clause, How how, Context context) throws InterruptedException {
        Channel<Integer> channel = channels.get(clause.channel());
        int item = clause.item();
        if (clause.isSend()) {
            boolean sent = switch (how) {
                case WAITING -> {
                    channel.send(item);
                    yield true;
                }
                case WITH_CONTEXT -> {
                    channel.send(context, item);
                    yield true;
                }
                case WITH_TIMEOUT -> channel.send(item, SHORT);
                case WITHOUT_WAITING -> channel.trySend(item);
            };
            return sent ? ChannelModel.sent(item) : ChannelModel.NOTHING;
        }
        return switch (how) {
            case WAITING -> ChannelModel.received(channel.receive());
            case WITH_CONTEXT -> ChannelModel.received(channel.receive(context));
            case WITH_TIMEOUT -> said(channel.receive(SHORT), new Late<>());
            case WITHOUT_WAITING -> said(channel.tryReceive(), new Empty<>());
        };
    }

    /** A receive that may give up, in the words of the model. */
    private static String said(Received<Integer> received, Received<Integer> nothing) {
        if (received.equals(nothing)) {
            return ChannelModel.NOTHING;
        }
        return switch (received) {
            case Value<Integer> item -> ChannelModel.received(item.value());
            case Closed<Integer> closed -> ChannelModel.received(null);
            default -> received.toString();
        };
    }

    private String select(List<Clause> clauses, How how, Context context) throws InterruptedException {
        Select<String> select = new Select<>();
        for (Clause clause : clauses) {
            Channel<Integer> channel = channels.get(clause.channel());
            if (clause.isSend()) {
                select.onSend(channel, clause.item(), () -> ChannelModel.sent(clause.item()));
            } else {
                select.onReceive(channel, ChannelModel::received);
            }
        }
        switch (how) {
            case WAITING -> select.onReceive(Channel.nil(), ChannelModel::received);
            case WITH_CONTEXT -> select.onDone(context, () -> "cancelled");
            case WITH_TIMEOUT -> select.onTimeout(SHORT, () -> ChannelModel.NOTHING);
            case WITHOUT_WAITING -> select.orElse(() -> ChannelModel.NOTHING);
        }
        return select.run();
    }

    @SafeVarargs
    private <T> T any(T... values) {
        return values[random.nextInt(values.length)];
    }
}
