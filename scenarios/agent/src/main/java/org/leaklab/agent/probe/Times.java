package org.leaklab.agent.probe;

/**
 * One round, in nanoseconds.
 *
 * @param arming until the last thread was armed
 * @param collection the collection
 * @param restoring until the reachable threads were back
 * @param finalizers until the others were back
 * @param armed how many threads were armed
 * @param found how many of them nobody reached
 * @param late how many were not back in time
 */
record Times(long arming, long collection, long restoring, long finalizers, int armed, int found, int late) {}
