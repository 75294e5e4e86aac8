package org.leaklab.bench.overhead;

import org.openjdk.jmh.annotations.Fork;

/**
 * What does it cost to have a detector attached in a JVM that was told to hold no virtual thread
 * ({@code -Djdk.trackAllThreads=false})? Read it as {@link DetectorOverhead}, against {@code none} in the same run.
 */
@Fork(
        value = 3,
        jvmArgsAppend = {"-Djdk.trackAllThreads=false", "-Djmh.shutdownTimeout=1", "-Djmh.shutdownTimeout.step=1"})
public class DetectorOverheadUntracked extends DetectorOverhead {}
