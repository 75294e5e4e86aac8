package org.leaklab.field.healthy;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.OutputStream;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Load;
import org.leaklab.field.Logging;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** Threads log through an asynchronous appender with a short queue. */
@Expected(value = Answer.HEALTHY, after = "Logback's asynchronous appender, under load")
public final class LogbackBusy implements Program {

    private static final LoggerContext CONTEXT = Logging.context();

    @Override
    public void start(Threads threads) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(CONTEXT);
        encoder.setPattern("%d %thread %msg%n");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> out = new OutputStreamAppender<>();
        out.setContext(CONTEXT);
        out.setEncoder(encoder);
        out.setOutputStream(OutputStream.nullOutputStream());
        out.start();
        AsyncAppender appender = new AsyncAppender();
        appender.setContext(CONTEXT);
        appender.setQueueSize(2);
        appender.setDiscardingThreshold(0);
        appender.addAppender(out);
        appender.start();
        Logger log = CONTEXT.getLogger("shop");
        log.setAdditive(false);
        log.addAppender(appender);
        Load.start(() -> log.info("sold"));
    }
}
