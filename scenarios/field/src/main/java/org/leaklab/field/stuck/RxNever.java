package org.leaklab.field.stuck;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** Threads block on sources that never say anything: one that nobody has, and one that is made so. */
@Expected(value = Answer.LEAKED, stuck = 2, bothKinds = true, after = "RxJava #5576")
public final class RxNever implements Program {

    @Override
    public void start(Threads threads) {
        threads.stuck("never", () -> Single.never().blockingGet());
        threads.stuck("subject", () -> SingleSubject.create().blockingGet());
    }
}
