package org.leaklab.field.stuck;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Logging;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/**
 * One thread has the monitor of a console and logs. Another one logs to this console: it has the lock of the appender,
 * and wants the monitor.
 */
@Expected(value = Answer.DEADLOCK, stuck = 2, bothKinds = true, after = "emissary #479")
public final class LogbackOutputLocked implements Program {

    private static final LoggerContext CONTEXT = Logging.context();
    private static final Console CONSOLE = new Console();

    /** Shows what is logged, and says when it is used. */
    private static final class Console extends OutputStream {

        private final CountDownLatch used = new CountDownLatch(1);
        private final CountDownLatch written = new CountDownLatch(1);

        synchronized void clear(Logger log) throws InterruptedException {
            used.countDown();
            written.await();
            log.info("cleared");
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            written.countDown();
            show(length);
        }

        @Override
        public void write(int one) {
            show(1);
        }

        private synchronized void show(int length) {
            System.err.println(length + " bytes");
        }
    }

    @Override
    public void start(Threads threads) throws InterruptedException {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(CONTEXT);
        encoder.setPattern("%msg%n");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(CONTEXT);
        appender.setEncoder(encoder);
        appender.setOutputStream(CONSOLE);
        appender.start();
        Logger log = CONTEXT.getLogger("shop");
        log.addAppender(appender);
        threads.stuck("clears", () -> {
            CONSOLE.clear(log);
            return null;
        });
        CONSOLE.used.await();
        threads.stuck("logs", () -> {
            log.info("sold");
            return null;
        });
        CONSOLE.written.await();
    }
}
