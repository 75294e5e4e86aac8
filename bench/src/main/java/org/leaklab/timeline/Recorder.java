package org.leaklab.timeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.live.LaunchHook;
import org.leaklab.core.live.LiveThread;
import org.leaklab.timeline.Timeline.Step;
import org.leaklab.timeline.Timeline.What;

/**
 * Writes down what threads do, in one order. The code of a scenario calls it before and after what it calls, the
 * launcher when a thread starts and ends. One is active at a time in a JVM.
 *
 * <p>A call that an exception ends does not come back. That is noticed at the next step of the thread, by the depth of
 * its stack: what it called from here or deeper cannot go on any more.
 */
public final class Recorder implements LaunchHook {

    /** Steps of a thread; one that loops would go on for ever. */
    private static final int MOST = 16;

    private static volatile @Nullable Recorder active;

    // guarded by this
    private final Map<Thread, Lane> lanes = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /** A thread, with the calls that it is in. */
    private static final class Lane {
        final int number;
        final Deque<Row> open = new ArrayDeque<>();
        int steps;

        Lane(int number) {
            this.number = number;
        }
    }

    /** A step; a call that has not come back may still become another kind of step. */
    private static final class Row {
        final int lane;
        final String of;
        final int line;
        final long depth;
        What what;
        int times = 1;

        Row(Lane lane, What what, String of, int line, long depth) {
            this.lane = lane.number;
            this.what = what;
            this.of = of;
            this.line = line;
            this.depth = depth;
        }

        boolean isLike(Row other) {
            return lane == other.lane && what == other.what && of.equals(other.of) && line == other.line;
        }
    }

    /** A recorder that is active until it is {@linkplain #stop stopped}. */
    static Recorder start() {
        Recorder recorder = new Recorder();
        recorder.lane(Thread.currentThread());
        active = recorder;
        return recorder;
    }

    /** Records nothing from now on. */
    void stop() {
        active = null;
    }

    /** A thread is about to call something. Called by the code of scenarios. */
    public static void calls(String call, int line) {
        Recorder recorder = active;
        if (recorder != null) {
            recorder.call(call, line, depth());
        }
    }

    /** A thread has come back from a call. Called by the code of scenarios. */
    public static void back(String call, int line) {
        Recorder recorder = active;
        if (recorder != null) {
            recorder.comeBack(call, line, depth());
        }
    }

    private static long depth() {
        return StackWalker.getInstance().walk(Stream::count);
    }

    private synchronized void call(String call, int line, long depth) {
        Lane lane = lane(Thread.currentThread());
        leave(lane, depth);
        Row row = new Row(lane, What.GOES_INTO, call, line, depth);
        if (add(lane, row)) {
            lane.open.push(row);
        }
    }

    private synchronized void comeBack(String call, int line, long depth) {
        Lane lane = lane(Thread.currentThread());
        leave(lane, depth + 1);
        Row row = lane.open.peek();
        if (row == null || row.depth != depth || row.line != line || !row.of.equals(call)) {
            return; // a call that was not recorded
        }
        lane.open.pop();
        if (rows.getLast() != row) {
            add(lane, new Row(lane, What.COMES_BACK, call, line, depth));
            return;
        }
        row.what = What.CALLS;
        Row before = rows.size() > 1 ? rows.get(rows.size() - 2) : row;
        if (before != row && before.isLike(row)) {
            before.times++;
            rows.removeLast();
            lane.steps--;
        }
    }

    /** Closes the calls that an exception has ended: those from this depth on. */
    private void leave(Lane lane, long depth) {
        while (!lane.open.isEmpty() && lane.open.peek().depth >= depth) {
            Row left = lane.open.pop();
            add(lane, new Row(lane, What.THREW, left.of, left.line, left.depth));
        }
    }

    /** Whether it was added: not if the thread has done too much. */
    private boolean add(Lane lane, Row row) {
        lane.steps++;
        if (lane.steps > MOST) {
            if (lane.steps == MOST + 1) {
                rows.add(new Row(lane, What.GOES_ON, "", 0, 0));
            }
            return false;
        }
        rows.add(row);
        return true;
    }

    private Lane lane(Thread thread) {
        return lanes.computeIfAbsent(thread, added -> {
            threads.add(thread);
            return new Lane(threads.size() - 1);
        });
    }

    @Override
    public synchronized void starting(LiveThread started) {
        if (active == this) {
            Lane lane = lane(Thread.currentThread());
            boolean itself = Thread.currentThread() == started.thread();
            lane(started.thread());
            add(
                    lane,
                    itself
                            ? new Row(lane, What.BEGINS, "", 0, 0)
                            : new Row(lane, What.STARTS, started.thread().getName(), 0, 0));
        }
    }

    @Override
    public synchronized void ended(LiveThread ending, @Nullable Throwable failure) {
        if (active == this) {
            Lane lane = lane(ending.thread());
            if (failure == null) {
                leave(lane, 0);
            }
            add(
                    lane,
                    new Row(
                            lane,
                            What.ENDS,
                            failure == null ? "" : failure.getClass().getSimpleName(),
                            0,
                            0));
        }
    }

    /** The threads that were seen, in the order of their lanes. */
    synchronized List<Thread> threads() {
        return List.copyOf(threads);
    }

    synchronized List<Step> steps() {
        return rows.stream()
                .map(row -> new Step(row.lane, row.what, row.of, row.line, row.times))
                .toList();
    }
}
