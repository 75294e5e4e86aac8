/**
 * Programs that load the core for a long time or with very many threads, and check that it holds.
 *
 * <p>{@link org.leaklab.soak.Soak} runs workers that do everything the core offers, in random order: {@code Arena} is
 * what they share, {@code Worker} is one thread, {@code Steps} what it does, {@code Ledger} its bookkeeping, and
 * {@code Plant} a fault that is planted to show that the checks find it. {@link org.leaklab.soak.Churn} probes for
 * unreachable threads while others come and go. {@link org.leaklab.soak.Million} holds a million threads, and
 * {@link org.leaklab.soak.MillionReport} is the file that this leaves.
 */
@NullMarked
package org.leaklab.soak;

import org.jspecify.annotations.NullMarked;
