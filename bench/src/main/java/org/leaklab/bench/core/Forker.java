package org.leaklab.bench.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.leaklab.core.Context;
import org.leaklab.core.Launched;
import org.leaklab.core.Launcher;
import org.leaklab.core.TaskGroup;
import org.leaklab.core.TaskGroup.Subtask;
import org.leaklab.core.ThreadKind;

/** Starts a thread for each of many tasks and waits for their end: one adapter for each implementation. */
@FunctionalInterface
interface Forker {

    /** Forks so many tasks that each make a 1, joins them and returns the sum. */
    long forkAndJoin(int tasks) throws Exception;

    /** The implementations that run on every JDK; {@link PreviewForker} has the rest. */
    static Forker of(String implementation, ThreadKind kind) {
        return switch (implementation) {
            case "leaklab" -> new GroupForker(Launcher.of(kind));
            case "leaklab-launcher" -> new LauncherForker(Launcher.of(kind));
            case "raw-threads" -> new ThreadForker(Crew.factory(kind));
            case "per-task-executor" -> new ExecutorForker(Crew.factory(kind));
            case "structured-task-scope" -> PreviewForker.structuredTaskScope();
            case "jox-structured" -> PreviewForker.jox();
            default -> throw new IllegalArgumentException("no fork and join of " + implementation);
        };
    }

    /** A task group of leaklab. */
    record GroupForker(Launcher threads) implements Forker {
        @Override
        public long forkAndJoin(int tasks) throws Exception {
            try (TaskGroup group = TaskGroup.open(Context.background(), threads)) {
                List<Subtask<Integer>> forked = new ArrayList<>(tasks);
                for (int i = 0; i < tasks; i++) {
                    forked.add(group.fork("task", () -> 1));
                }
                group.join();
                long sum = 0;
                for (Subtask<Integer> task : forked) {
                    sum += task.get();
                }
                return sum;
            }
        }
    }

    /** A launcher of leaklab alone: it knows its threads, and has no results, errors or cancellation. */
    record LauncherForker(Launcher threads) implements Forker {
        @Override
        public long forkAndJoin(int tasks) throws InterruptedException {
            int[] results = new int[tasks];
            List<Launched> forked = new ArrayList<>(tasks);
            for (int i = 0; i < tasks; i++) {
                int own = i;
                forked.add(threads.start("task", () -> results[own] = 1));
            }
            for (Launched task : forked) {
                task.thread().join();
            }
            return sum(results);
        }
    }

    /** {@link Thread#start()} and {@link Thread#join()}. */
    record ThreadForker(ThreadFactory threads) implements Forker {
        @Override
        public long forkAndJoin(int tasks) throws InterruptedException {
            int[] results = new int[tasks];
            List<Thread> forked = new ArrayList<>(tasks);
            for (int i = 0; i < tasks; i++) {
                int own = i;
                Thread thread = threads.newThread(() -> results[own] = 1);
                thread.start();
                forked.add(thread);
            }
            for (Thread thread : forked) {
                thread.join();
            }
            return sum(results);
        }
    }

    /** An executor that starts a thread for each task, opened and closed around the tasks. */
    record ExecutorForker(ThreadFactory threads) implements Forker {
        @Override
        public long forkAndJoin(int tasks) throws InterruptedException, ExecutionException {
            try (var executor = Executors.newThreadPerTaskExecutor(threads)) {
                List<Future<Integer>> forked = new ArrayList<>(tasks);
                for (int i = 0; i < tasks; i++) {
                    forked.add(executor.submit(() -> 1));
                }
                long sum = 0;
                for (Future<Integer> task : forked) {
                    sum += task.get();
                }
                return sum;
            }
        }
    }

    private static long sum(int[] results) {
        long sum = 0;
        for (int result : results) {
            sum += result;
        }
        return sum;
    }
}
