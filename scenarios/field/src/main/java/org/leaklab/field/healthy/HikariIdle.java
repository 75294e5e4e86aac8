package org.leaklab.field.healthy;

import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Shop;
import org.leaklab.field.Threads;

/** A pool of connections that nobody uses any more. */
@Expected(value = Answer.HEALTHY, after = "HikariCP and H2, idle")
public final class HikariIdle implements Program {

    private static @Nullable Shop shop;

    @Override
    public void start(Threads threads) throws Exception {
        Shop mine = new Shop();
        mine.sell();
        shop = mine;
    }
}
