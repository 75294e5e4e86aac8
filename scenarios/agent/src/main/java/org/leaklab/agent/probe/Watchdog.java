package org.leaklab.agent.probe;

import java.util.List;

/**
 * Puts everything back if the probe has given no sign of life for a time. The time does not run while the whole JVM
 * stands still.
 */
final class Watchdog implements Runnable {

    private static final long TICK_MILLIS = 100;
    private static final int TICKS_WITHOUT_SIGN = 50;
    private static final int TICKS_OF_TRYING = 600;

    private final Life life;
    private final Runnable afterwards;

    /** @param afterwards what the probe would have done at its end; run if the watchdog had to act */
    Watchdog(Life life, Runnable afterwards) {
        this.life = life;
        this.afterwards = afterwards;
    }

    @Override
    public void run() {
        long seen = -1;
        int silent = 0;
        try {
            while (!life.isOver()) {
                Thread.sleep(TICK_MILLIS);
                long now = life.signs();
                silent = now == seen ? silent + 1 : 0;
                seen = now;
                if (silent >= TICKS_WITHOUT_SIGN) {
                    act();
                    return;
                }
            }
        } catch (InterruptedException e) {
            act(); // nobody has a reason to; then it is time
        }
    }

    private void act() {
        try {
            for (int tries = 0; tries < TICKS_OF_TRYING && !life.isOver() && !restored(); tries++) {
                Thread.sleep(TICK_MILLIS);
            }
        } catch (InterruptedException e) {
            restored();
        } finally {
            if (!life.isOver()) {
                afterwards.run();
            }
        }
    }

    private boolean restored() {
        Round round = life.round();
        if (round == null) {
            return true;
        }
        try {
            round.pending().enqueue();
            List<Armed> out = round.restore(new Counts(), new Life());
            if (!out.isEmpty()) {
                return false;
            }
            round.leave();
            return true;
        } catch (OutOfMemoryError | RuntimeException e) {
            return false;
        }
    }
}
