package org.leaklab.field.stuck;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** Nobody gives back what was borrowed from a pool that a static field holds. */
@Expected(value = Answer.EXPLAINED, stuck = 2, bothKinds = true, after = "jedis #1764, with its pool")
public final class ObjectPoolEmpty implements Program {

    private static final GenericObjectPool<StringBuilder> POOL =
            new GenericObjectPool<>(new BasePooledObjectFactory<>() {
                @Override
                public StringBuilder create() {
                    return new StringBuilder();
                }

                @Override
                public PooledObject<StringBuilder> wrap(StringBuilder builder) {
                    return new DefaultPooledObject<>(builder);
                }
            });

    @Override
    public void start(Threads threads) throws Exception {
        POOL.setMaxTotal(2);
        POOL.borrowObject();
        POOL.borrowObject();
        for (int i = 0; i < 2; i++) {
            threads.stuck(i, POOL::borrowObject);
        }
    }
}
