package org.leaklab.field.healthy;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** Two consumers of a ring that nobody writes to any more. */
@Expected(value = Answer.HEALTHY, after = "Disruptor with two consumers, idle")
public final class DisruptorIdle implements Program {

    private static final Disruptor<StringBuilder> RING = new Disruptor<>(
            StringBuilder::new, 16, DaemonThreadFactory.INSTANCE, ProducerType.MULTI, new BlockingWaitStrategy());

    @Override
    public void start(Threads threads) {
        RING.handleEventsWith((event, sequence, last) -> event.setLength(0))
                .then((event, sequence, last) -> event.append("seen"));
        RING.start();
        for (int i = 0; i < 100; i++) {
            RING.publishEvent((event, sequence) -> event.append(sequence));
        }
    }
}
