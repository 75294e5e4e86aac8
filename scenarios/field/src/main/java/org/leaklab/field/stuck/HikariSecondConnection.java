package org.leaklab.field.stuck;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Shop;
import org.leaklab.field.Threads;

/** Threads that have the last connections want one more, without a limit of time. */
@Expected(value = Answer.EXPLAINED, stuck = 2, bothKinds = true, after = "HikariCP #1775")
public final class HikariSecondConnection implements Program {

    private static @Nullable HikariDataSource database;

    @Override
    public void start(Threads threads) throws InterruptedException {
        HikariConfig config = Shop.config("second", 2);
        config.setConnectionTimeout(0);
        HikariDataSource source = new HikariDataSource(config);
        database = source;
        CountDownLatch both = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            threads.stuck(i, () -> {
                try (Connection first = source.getConnection()) {
                    both.countDown();
                    both.await();
                    try (Connection second = source.getConnection()) {
                        return first.isValid(1) && second.isValid(1);
                    }
                }
            });
        }
        both.await();
    }
}
