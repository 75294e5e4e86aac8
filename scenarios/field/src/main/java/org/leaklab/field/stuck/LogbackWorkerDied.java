package org.leaklab.field.stuck;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Logging;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** The worker of an asynchronous appender has ended with an error: those who log wait at its full queue. */
@Expected(value = Answer.EXPLAINED, stuck = 2, bothKinds = true, after = "LOGBACK-1354")
public final class LogbackWorkerDied implements Program {

    private static final LoggerContext CONTEXT = Logging.context();

    private static final class Failing extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            Thread.currentThread().setUncaughtExceptionHandler((worker, error) -> {});
            throw new NoClassDefFoundError("a layout that is not there");
        }
    }

    @Override
    public void start(Threads threads) {
        Failing failing = new Failing();
        failing.setContext(CONTEXT);
        failing.start();
        AsyncAppender appender = new AsyncAppender();
        appender.setContext(CONTEXT);
        appender.setQueueSize(1);
        appender.setDiscardingThreshold(0);
        appender.addAppender(failing);
        appender.start();
        Logger log = CONTEXT.getLogger("shop");
        log.setAdditive(false);
        log.addAppender(appender);
        for (int i = 0; i < 2; i++) {
            threads.stuck(i, () -> {
                while (true) {
                    log.info("sold");
                }
            });
        }
    }
}
